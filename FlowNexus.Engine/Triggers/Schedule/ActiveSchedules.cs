using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>Reads which schedules the active versions have.</summary>
internal sealed class ActiveSchedules(EngineDatabase database, WorkflowDefinitionReader reader, ILogger<ActiveSchedules> log)
{
    /// <summary>Every active workflow that has a schedule.</summary>
    public async IAsyncEnumerable<(WorkflowRow Workflow, IReadOnlyList<ScheduleTrigger> Schedules)> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var ids = await (from workflow in context.Workflows
                         where workflow.Status == "active"
                         join version in context.Versions on new { workflow.Id, Version = workflow.ActiveVersion } equals new { Id = version.WorkflowId, Version = (int?)version.Version }
                         where version.Definition.Contains("\"schedule\"")
                         orderby workflow.Id
                         select workflow.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            var (workflow, schedules) = await OfAsync(id, cancellationToken);
            if (workflow is not null && schedules.Count > 0) yield return (workflow, schedules);
        }
    }

    /// <summary>Of one workflow; null and none when it is not active.</summary>
    public async Task<(WorkflowRow? Workflow, IReadOnlyList<ScheduleTrigger> Schedules)> OfAsync(string workflowId, CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var workflow = await context.Workflows.FirstOrDefaultAsync(row => row.Id == workflowId, cancellationToken);
        if (workflow is not { Status: "active", ActiveVersion: { } number }) return (null, []);
        var text = await context.Versions.Where(row => row.WorkflowId == workflowId && row.Version == number).Select(row => row.Definition).FirstAsync(cancellationToken);
        try
        {
            return (workflow, ScheduleTrigger.Of(reader.Read((JsonObject)JsonNode.Parse(text)!).Require()));
        }
        catch (Exception failure) when (failure is ProblemException or Cronos.CronFormatException or TimeZoneNotFoundException)
        {
            log.LogError(failure, "The schedules of workflow {Workflow} \"{Name}\" do not run: this installation cannot read its version {Version}.", workflowId, workflow.Name, number);
            return (workflow, []);
        }
    }
}
