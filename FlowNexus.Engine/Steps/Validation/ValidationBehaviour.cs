using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>
/// Finds the rows, applies the rules and reports. Output: <c>valid</c>, <c>rows_checked</c>, <c>score</c> (share of
/// the rows that broke no rule) and <c>checks[]</c>.
/// </summary>
internal sealed class ValidationBehaviour(ValidationSettings settings) : IEffectBehaviour
{
    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (rows, bytesRead) = await ValidationSource.ReadAsync(context, settings.Data, cancellationToken);
        var checks = new List<RuleCheck>();
        for (var i = 0; i < settings.Rules.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            checks.AddRange(settings.Rules[i].Check(rows));
            context.ReportProgress((i + 1d) / settings.Rules.Count);
        }

        return Judge(checks, rows.Table.RowCount, settings.Required) with { RecordsProcessed = rows.Table.RowCount, BytesRead = bytesRead };
    }

    internal static StepResult Judge(IReadOnlyList<RuleCheck> checks, int rows, bool required)
    {
        var report = Report(checks, rows);
        var failed = checks.Where(check => check.Failed).ToList();
        if (failed.Count == 0) return StepResult.Completed(report);

        List<ProblemDetail> details = [.. failed.SelectMany(Details).Take(200)];
        if (!required) return StepResult.Completed(report) with { Warnings = details };
        var message = $"The data breaks {string.Join(", ", failed.Select(Describe).Take(5))}{(failed.Count > 5 ? $" and {failed.Count - 5} more rules" : "")}.";
        return StepResult.Failed(new Problem(ProblemCodes.ValidationFailed, message) { Details = details, Facts = report });
    }

    private static JsonObject Report(IReadOnlyList<RuleCheck> checks, int rows)
    {
        var broken = new HashSet<int>();
        foreach (var check in checks) broken.UnionWith(check.FailedRows);
        var whole = checks.Any(check => check.WholeFailed);
        return new JsonObject
        {
            ["valid"] = !checks.Any(check => check.Failed),
            ["rows_checked"] = rows,
            ["rows_failed"] = broken.Count,
            ["score"] = rows == 0 || whole ? 0 : (double)(rows - broken.Count) / rows,
            ["checks"] = new JsonArray([.. checks.Select(check => check.ToJson())]),
        };
    }

    private static IEnumerable<ProblemDetail> Details(RuleCheck check)
    {
        var column = check.Column is null ? "" : $"Column '{check.Column}': ";
        if (check.Message is not null && check.Failed) yield return new ProblemDetail("", check.Rule, column + check.Message);
        foreach (var failure in check.Failures)
        {
            var pointer = JsonPointers.Append("", failure.Row);
            yield return new ProblemDetail(check.Column is null ? pointer : JsonPointers.Append(pointer, check.Column), check.Rule,
                $"Row {failure.Row + 1}, {(check.Column is null ? "" : $"column '{check.Column}', ")}{(failure.Value is null ? "" : $"value '{failure.Value}': ")}{failure.Message}");
        }
    }

    private static string Describe(RuleCheck check) =>
        $"{check.Rule}{(check.Column is null ? "" : $" on {check.Column}")} ({(check.FailedCount > 0 ? $"{check.FailedCount} {(check.FailedCount == 1 ? "row" : "rows")}" : check.Message)})";
}
