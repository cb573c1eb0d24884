using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>What one rule found in one column, or in the rows as a whole. Counts every failure, keeps the first few.</summary>
internal sealed class RuleCheck(string rule, string? column = null)
{
    public const int Kept = 20;

    private const int LongestValue = 100;

    private readonly List<RowFailure> _failures = [];

    public string Rule { get; } = rule;

    public string? Column { get; } = column;

    /// <summary>The format checked; null for other rules and when there was none to check.</summary>
    public string? Format { get; init; }

    /// <summary>True when there was nothing that could be checked; such a check has not passed.</summary>
    public bool Unchecked { get; init; }

    /// <summary>Says something about the whole instead of a row.</summary>
    public string? Message { get; init; }

    /// <summary>True when the whole failed, whatever the rows say.</summary>
    public bool WholeFailed { get; init; }

    public int FailedCount { get; private set; }

    public IReadOnlyList<RowFailure> Failures => _failures;

    /// <summary>Rows that failed, from 0.</summary>
    public HashSet<int> FailedRows { get; } = [];

    public bool Failed => WholeFailed || FailedCount > 0;

    public static RuleCheck Whole(string rule, string? column, string message) => new(rule, column) { WholeFailed = true, Message = message };

    public void Fail(int row, string? value, string message)
    {
        FailedCount++;
        FailedRows.Add(row);
        if (_failures.Count < Kept) _failures.Add(new RowFailure(row, value is { Length: > LongestValue } ? value[..LongestValue] + "…" : value, message));
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["rule"] = Rule, ["status"] = Failed ? "failed" : Unchecked ? "unchecked" : "passed" };
        if (Column is not null) json["column"] = Column;
        if (Format is not null) json["format"] = Format;
        if (Message is not null) json["message"] = Message;
        json["failed_count"] = FailedCount;
        if (_failures.Count > 0)
            json["failures"] = new JsonArray([.. _failures.Select(failure => new JsonObject { ["row"] = failure.Row + 1, ["value"] = failure.Value, ["message"] = failure.Message })]);
        return json;
    }
}

/// <param name="Row">From 0; people see it from 1.</param>
internal sealed record RowFailure(int Row, string? Value, string Message);
