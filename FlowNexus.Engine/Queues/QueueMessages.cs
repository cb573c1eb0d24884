using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Queues;

/// <summary>What waits in the queues, in the order in which it is served, each with the reason.</summary>
public sealed class QueueMessages(IExecutionQueue executions, ITaskLine tasks, WaitingReasons reasons)
{
    internal async Task<IReadOnlyList<QueueMessageView>> ExecutionsAsync(FlowNexusDbContext context, int most)
    {
        var order = (await executions.OrderAsync(most)).ToList();
        var queued = context.Executions.Where(row => row.Status == "queued");

        // Behind those in line come those whose moment has not come.
        var delayed = order.Count >= most ? [] : await queued.Where(row => row.NotBefore != null && !order.Contains(row.Id)).OrderBy(row => row.NotBefore).Select(row => row.Id).Take(most - order.Count).ToListAsync();
        order.AddRange(delayed);
        var rows = await queued.Where(row => order.Contains(row.Id)).Select(row => new ExecutionRow
        {
            Id = row.Id,
            WorkflowId = row.WorkflowId,
            Status = row.Status,
            Priority = row.Priority,
            PriorityText = row.PriorityText,
            Owner = "",
            TriggeredBy = "",
            UserId = "",
            Account = "",
            CreatedAt = row.CreatedAt,
            NotBefore = row.NotBefore,
        }).ToDictionaryAsync(row => row.Id);
        var names = await NamesAsync(context, rows.Values.Select(row => row.WorkflowId));
        var standing = await reasons.StandingsAsync(rows.Values);
        return [.. order.Where(rows.ContainsKey).Select(id => rows[id]).Select(row =>
        {
            var name = names.GetValueOrDefault(row.WorkflowId, row.WorkflowId);
            var (place, reason) = standing(row, name);
            return new QueueMessageView(row.Id, row.WorkflowId, name, null, null, row.PriorityText, UnixMicros.Read(row.CreatedAt), place?.Position, reason);
        })];
    }

    internal async Task<IReadOnlyList<QueueMessageView>> TasksAsync(FlowNexusDbContext context, int most)
    {
        var rows = await context.Tasks.Where(row => row.Status == "queued").OrderByDescending(row => row.Priority).ThenBy(row => row.QueuedAt).ThenBy(row => row.Id).Take(most).ToListAsync();
        var names = await NamesAsync(context, rows.Select(row => row.WorkflowId));
        var places = await tasks.PlacesAsync([.. rows.Select(row => row.Id)]);
        return [.. rows.Select(row =>
        {
            var place = places.GetValueOrDefault(row.Id);
            return new QueueMessageView(row.ExecutionId, row.WorkflowId, names.GetValueOrDefault(row.WorkflowId, row.WorkflowId), row.Id, row.StepName, row.Priority.ToString(), UnixMicros.Read(row.QueuedAt ?? row.CreatedAt), place?.Position, place?.WaitingReason);
        }).OrderBy(message => message.Position ?? int.MaxValue)];
    }

    private static Task<Dictionary<string, string>> NamesAsync(FlowNexusDbContext context, IEnumerable<string> workflowIds)
    {
        var ids = workflowIds.Distinct().ToList();
        return context.Workflows.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name);
    }
}
