using System.Globalization;
using System.Text.Json;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Logs;

/// <summary>Which lines of an execution.</summary>
public sealed record LogFilter
{
    public const int DefaultLimit = 200;
    public const int MaxLimit = 1000;

    /// <summary>Name of a step.</summary>
    public string? Step { get; init; }

    public int? Attempt { get; init; }

    /// <summary>The least level.</summary>
    public string? Level { get; init; }

    /// <summary>Text in message or fields; A to Z in either case.</summary>
    public string? Search { get; init; }

    /// <summary>Lines after this id.</summary>
    public long? After { get; init; }

    /// <summary>The last lines before this id instead of the first.</summary>
    public long? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int? Limit { get; init; }
}

/// <summary>Reads the lines of one execution, oldest first.</summary>
public sealed class FindLogs
{
    private readonly EngineDatabase _database;
    private readonly LogWriter _writer;

    internal FindLogs(EngineDatabase database, LogWriter writer)
    {
        _database = database;
        _writer = writer;
    }

    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, INVALID_REQUEST, FORBIDDEN.</exception>
    public async Task<FoundLogs> RunAsync(Principal principal, string executionId, LogFilter filter, CancellationToken cancellationToken)
    {
        principal.Demand(Permission.Read);
        var limit = Page.Of(filter.Limit ?? LogFilter.DefaultLimit, null, LogFilter.MaxLimit).Limit;
        await using var context = _database.Read();
        if (!await context.Executions.AnyAsync(row => row.Id == executionId, cancellationToken)) throw GetStatus.NotFound(executionId);
        await _writer.FlushAsync(cancellationToken);
        var query = Filtered(context, executionId, filter);
        query = filter.Before is null ? query.OrderBy(row => row.Position) : query.OrderByDescending(row => row.Position);
        var rows = await query.Take(limit + 1).ToListAsync(cancellationToken);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        if (filter.Before is not null) rows.Reverse();
        return new FoundLogs(executionId, [.. rows.Select(LogLineView.Of)], more);
    }

    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    internal static IQueryable<LogRow> Filtered(FlowNexusDbContext context, string executionId, LogFilter filter)
    {
        var query = context.StepLogs.Where(row => row.ExecutionId == executionId);
        if (filter.After is { } after) query = query.Where(row => row.Position > after);
        if (filter.Before is { } before) query = query.Where(row => row.Position < before);
        if (!string.IsNullOrEmpty(filter.Step)) query = query.Where(row => row.StepName == filter.Step);
        if (filter.Attempt is { } attempt) query = query.Where(row => row.Attempt == attempt);
        if (!string.IsNullOrEmpty(filter.Level))
        {
            var least = (int)StepLogLevels.Read("level", filter.Level);
            query = query.Where(row => row.Level >= least);
        }

        if (string.IsNullOrWhiteSpace(filter.Search)) return query;
        var pattern = FindWorkflows.Pattern(filter.Search);
        return query.Where(row => EF.Functions.Like(FlowNexusDbContext.Lower(row.Message), pattern, "\\") || (row.Fields != null && EF.Functions.Like(FlowNexusDbContext.Lower(row.Fields), pattern, "\\")));
    }
}

/// <summary>Lines, oldest first.</summary>
/// <param name="HasMore">Whether more lines follow, or come before when those before an id were asked for.</param>
public sealed record FoundLogs(string ExecutionId, IReadOnlyList<LogLineView> Logs, bool HasMore)
{
    public bool Success { get; } = true;
}

/// <summary>One line as it is shown.</summary>
/// <param name="Id">Grows; lines after it have a greater one.</param>
/// <param name="Item">Index of the loop's item; null outside loops.</param>
public sealed record LogLineView(long Id, DateTimeOffset Time, string Level, string Step, int Attempt, int? Item, string Message, JsonElement? Fields)
{
    /// <summary>As one line of a text file.</summary>
    public string ToText()
    {
        var where = $"{Step}{(Item is { } item ? $"[{item}]" : "")}#{Attempt}";
        return string.Create(CultureInfo.InvariantCulture, $"{Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {Level,-7} {where} {Message.ReplaceLineEndings("\\n")}{(Fields is { } fields ? $" {fields.GetRawText()}" : "")}");
    }

    internal static LogLineView Of(LogRow row) => new(
        row.Position, UnixMicros.Read(row.At), ((StepLogLevel)row.Level).Word(), row.StepName, row.Attempt, row.Item < 0 ? null : row.Item, row.Message,
        row.Fields is null ? null : JsonDocument.Parse(row.Fields).RootElement);
}
