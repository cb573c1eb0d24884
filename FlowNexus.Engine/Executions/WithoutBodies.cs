using System.Linq.Expressions;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions;

/// <summary>Rows without what may be large: inputs, outputs and what only their owner needs.</summary>
internal static class WithoutBodies
{
    public static readonly Expression<Func<ExecutionRow, ExecutionRow>> Execution = row => new ExecutionRow
    {
        Id = row.Id,
        WorkflowId = row.WorkflowId,
        Version = row.Version,
        Status = row.Status,
        Priority = row.Priority,
        PriorityText = row.PriorityText,
        Owner = "",
        TriggeredBy = row.TriggeredBy,
        UserId = row.UserId,
        Account = row.Account,
        CreatedAt = row.CreatedAt,
        StartedAt = row.StartedAt,
        FinishedAt = row.FinishedAt,
        Progress = row.Progress,
        StepsTotal = row.StepsTotal,
        StepsCompleted = row.StepsCompleted,
        CreditsMicro = row.CreditsMicro,
        InputBytes = row.InputBytes,
        Error = row.Error,
        Pins = row.Pins == null ? null : "{}",
        Control = row.Control,
        RetryOf = row.RetryOf,
        ParentId = row.ParentId,
        Trace = row.Trace,
        NotBefore = row.NotBefore,
        Pruned = row.Pruned,
    };

    public static readonly Expression<Func<StepRow, StepRow>> Step = row => new StepRow
    {
        ExecutionId = row.ExecutionId,
        Ordinal = row.Ordinal,
        StepId = row.StepId,
        Name = row.Name,
        Status = row.Status,
        Wait = row.Wait,
        Attempt = row.Attempt,
        AgentId = row.AgentId,
        TaskId = row.TaskId,
        Branch = row.Branch,
        ChildId = row.ChildId,
        Loop = row.Loop,
        StartedAt = row.StartedAt,
        AttemptStartedAt = row.AttemptStartedAt,
        FinishedAt = row.FinishedAt,
        DueAt = row.DueAt,
        Progress = row.Progress,
        OutputArtifact = row.OutputArtifact,
        OutputBytes = row.OutputBytes,
        Records = row.Records,
        Error = row.Error,
    };
}
