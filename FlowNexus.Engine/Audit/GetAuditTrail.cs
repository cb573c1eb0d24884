using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Audit;

/// <summary>Filters of the audit trail.</summary>
public sealed record AuditFilter
{
    public string? WorkflowId { get; init; }
    public string? ExecutionId { get; init; }

    /// <summary>One or several event types, separated by commas.</summary>
    public string? Types { get; init; }

    public DateTimeOffset? StartTime { get; init; }
    public DateTimeOffset? EndTime { get; init; }
    public int? Limit { get; init; }

    /// <summary>Position to read on from: the <c>next_cursor</c> of the page before.</summary>
    public long? Cursor { get; init; }

    public bool IncludeDetails { get; init; } = true;
}

/// <summary>Reads events, in the order they were committed.</summary>
public sealed class GetAuditTrail(EngineDatabase database)
{
    public const int MaxLimit = 1000;

    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, EXECUTION_NOT_FOUND, INVALID_REQUEST, FORBIDDEN.</exception>
    public async Task<AuditTrail> RunAsync(Principal principal, AuditFilter filter)
    {
        principal.Demand(Permission.Read);
        var page = Page.Of(filter.Limit ?? 50, 0, MaxLimit);
        await using var context = database.Read();
        var total = 0;
        List<EventRow> found = [];
        foreach (var part in await PartsAsync(context, filter))
        {
            if (total <= BoundedCount.Most) total += await part.CountUpToAsync(BoundedCount.Most - total);
            found.AddRange(await part.Where(row => row.Position > (filter.Cursor ?? 0)).OrderBy(row => row.Position).Take(page.Limit + 1).ToListAsync());
        }

        var more = found.Count > page.Limit;
        List<EventRow> rows = [.. found.OrderBy(row => row.Position).Take(page.Limit)];
        return new AuditTrail(filter.WorkflowId, [.. rows.Select(row => EventView.Of(row, filter.IncludeDetails))], Math.Min(total, BoundedCount.Most), total <= BoundedCount.Most, more ? rows[^1].Position : null, await SummaryAsync(context, filter.WorkflowId));
    }

    /// <summary>
    /// The events of a stream or a workflow after a position, for feeds that resume. Within one stream what is there is
    /// in order; over many an event may take a moment to appear, until no other can come before it.
    /// </summary>
    public async Task<IReadOnlyList<EventRow>> AfterAsync(string? workflowId, string? executionId, long position, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        var query = executionId is not null
            ? context.Events.Where(row => row.Stream == executionId)
            : workflowId is not null ? context.SettledEvents.Where(row => row.WorkflowId == workflowId) : context.SettledEvents;
        return await query.Where(row => row.Position > position).OrderBy(row => row.Position).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The last position that no event can appear before any more; 0 in an empty installation.</summary>
    public async Task<long> LastPositionAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        return await context.SettledEvents.MaxAsync(row => (long?)row.Position, cancellationToken) ?? 0;
    }

    /// <summary>Whether the chain of one stream holds, from its first event to its last.</summary>
    /// <exception cref="ProblemException">NOT_FOUND, FORBIDDEN.</exception>
    public async Task<ChainState> VerifyAsync(Principal principal, string stream)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var (previous, seq, last) = (EventChain.Genesis, 0L, long.MinValue);
        var (count, head) = await EndAsync(context, stream);
        while (true)
        {
            // In pages, so that the database is not held while a long chain is computed.
            var page = await context.Events.Where(row => row.Stream == stream && row.Seq > last).OrderBy(row => row.Seq).Take(MaxLimit).ToListAsync();
            foreach (var row in page)
            {
                seq++;
                if (row.Seq != seq || !EventChain.Verifies(row, previous)) return new ChainState(stream, false, seq - 1, seq, Convert.ToHexStringLower(previous));
                (previous, last) = (row.Hash, seq);
            }

            if (page.Count == MaxLimit) continue;

            // The end was read before the events: what was appended meanwhile moved it on by now.
            if (seq <= count) break;
            var before = count;
            (count, head) = await EndAsync(context, stream);
            if (count == before) break;
        }

        if (seq == 0 && count == 0) throw new ProblemException(ProblemCodes.NotFound, $"There is no event stream \"{stream}\".");
        if (count == seq && head.AsSpan().SequenceEqual(previous)) return new ChainState(stream, true, seq, null, Convert.ToHexStringLower(previous));

        // Every link holds, but the stream does not end where it should: cut short, lengthened, or its last event made anew.
        var firstBad = count == seq ? seq : Math.Min(count, seq) + 1;
        return new ChainState(stream, false, firstBad - 1, firstBad, Convert.ToHexStringLower(previous));
    }

    private static async Task<(long Seq, byte[] Head)> EndAsync(FlowNexusDbContext context, string stream)
    {
        if (await context.Executions.Where(row => row.Id == stream).Select(row => new { row.EventSeq, row.EventHead }).FirstOrDefaultAsync() is { } execution) return (execution.EventSeq, execution.EventHead);
        return await context.Streams.FirstOrDefaultAsync(row => row.Id == stream) is { } administered ? (administered.Seq, administered.Head) : (0, EventChain.Genesis);
    }

    /// <summary>What the filter selects, in parts that do not overlap and that an index gives in order: each uncommon type is one.</summary>
    internal static async Task<IReadOnlyList<IQueryable<EventRow>>> PartsAsync(FlowNexusDbContext context, AuditFilter filter)
    {
        var types = (filter.Types ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (filter.ExecutionId is not null || types.Count == 0) return [await FilteredAsync(context, types.Count == 0 ? context.Events : context.Events.Where(row => types.Contains(row.Type)), filter)];
        List<IQueryable<EventRow>> parts = [];
        var common = types.Where(type => !FlowNexusDbContext.IsUncommon(type)).ToList();
        if (common.Count > 0) parts.Add(await FilteredAsync(context, context.Events.Where(row => common.Contains(row.Type)), filter));
        foreach (var type in types.Where(FlowNexusDbContext.IsUncommon)) parts.Add(await FilteredAsync(context, context.UncommonEvents.Where(row => row.Type == type), filter));
        return parts;
    }

    private static async Task<IQueryable<EventRow>> FilteredAsync(FlowNexusDbContext context, IQueryable<EventRow> query, AuditFilter filter)
    {
        if (filter is { Cursor: not null, ExecutionId: null }) query = context.Settled(query);
        if (filter.ExecutionId is { } execution) query = query.Where(row => row.Stream == execution);
        if (filter.WorkflowId is { } workflow) query = query.Where(row => row.WorkflowId == workflow);
        if (filter.StartTime is { } start)
        {
            var (from, first) = (UnixMicros.Of(start), filter.ExecutionId is null ? await EventPositions.BeforeAsync(context, start) : 0);
            query = query.Where(row => row.Position >= first && row.At >= from);
        }

        if (filter.EndTime is not { } end) return query;
        var (until, last) = (UnixMicros.Of(end), filter.ExecutionId is null ? await EventPositions.AfterAsync(context, end) : long.MaxValue);
        return query.Where(row => row.Position < last && row.At < until);
    }

    private static async Task<ExecutionSummary?> SummaryAsync(FlowNexusDbContext context, string? workflowId)
    {
        if (workflowId is null) return null;
        var row = await context.Workflows.FirstOrDefaultAsync(x => x.Id == workflowId) ?? throw WorkflowVersions.NotFound(workflowId);
        var item = Workflows.WorkflowViews.Item(row);

        // The workflow's counter has what ended; what is under way has its own. Few executions are, so they are found by
        // that; those that wait by their own index.
        var open = await context.Executions.Where(x => new[] { "queued", "running", "paused" }.Contains(x.Status) && x.WorkflowId + "" == workflowId).SumAsync(x => x.CreditsMicro)
            + await context.Executions.Where(x => x.Status == "waiting" && x.WorkflowId == workflowId).SumAsync(x => x.CreditsMicro);
        return new ExecutionSummary(item.ExecutionsCount, item.SuccessRate, item.AverageDuration, (row.CreditsMicro + open) / 1e6);
    }
}

/// <param name="TotalEvents">All that match, on whatever page; from 10,000 on, at least so many.</param>
/// <param name="TotalIsExact">False when there are more than <paramref name="TotalEvents"/>.</param>
/// <param name="NextCursor">Where the next page starts; null on the last one.</param>
public sealed record AuditTrail(string? WorkflowId, IReadOnlyList<EventView> Events, int TotalEvents, bool TotalIsExact, long? NextCursor, ExecutionSummary? ExecutionSummary)
{
    public bool Success { get; } = true;
}

/// <param name="SuccessRate">Percent; null before the first execution ended.</param>
/// <param name="AverageDuration">Seconds; null before the first completed.</param>
public sealed record ExecutionSummary(long TotalExecutions, double? SuccessRate, double? AverageDuration, double TotalCreditsUsed);

/// <param name="VerifiedUpTo">Events that hold.</param>
/// <param name="FirstBad">Number of the first event that does not; null when all do.</param>
public sealed record ChainState(string Stream, bool Valid, long VerifiedUpTo, long? FirstBad, string Head);

/// <summary>One event as every door shows it; the names are the contract's.</summary>
public sealed record EventView
{
    public required string EventId { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    public string? WorkflowId { get; init; }
    public string? ExecutionId { get; init; }
    public string? UserId { get; init; }
    public string? StepName { get; init; }
    public string? AgentId { get; init; }
    public required long Seq { get; init; }
    public required long Position { get; init; }
    public JsonNode? Details { get; init; }

    public static EventView Of(EventRow row, bool withDetails = true) => new()
    {
        EventId = row.EventId,
        Type = row.Type,
        Timestamp = UnixMicros.Read(row.At),
        WorkflowId = row.WorkflowId,
        ExecutionId = row.ExecutionId,
        UserId = row.UserId,
        StepName = row.StepName,
        AgentId = row.AgentId,
        Seq = row.Seq,
        Position = row.Position,
        Details = withDetails && row.Payload is not null ? JsonNode.Parse(row.Payload) : null,
    };
}
