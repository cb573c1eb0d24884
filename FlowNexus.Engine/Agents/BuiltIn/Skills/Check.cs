using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Checks;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Checks a table, or the execution's input when there is no table, against rules.</summary>
public sealed class Check : ISkill
{
    public string Name => "check";

    public string Title => "Check data";

    public string Description => "Validate input data, check, verify or test data and results against rules: complete, unique, in range, right format; review quality.";

    public IReadOnlyList<string> Aliases { get; } =
        ["validate", "validation", "verify", "test", "quality check", "review", "inspect", "assert", "data validation", "validate input data", "quality assurance", "qa"];

    public IReadOnlyList<string> AgentTypes { get; } = ["tester"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "rules": { "type": "array", "title": "Rules", "description": "not_empty, no_duplicates, or by column: {\"column\": \"age\", \"required\": true, \"unique\": true, \"min\": 0, \"max\": 120, \"pattern\": \"^[a-z]\", \"allowed\": [\"a\", \"b\"]}. Default: what the columns suggest.", "items": { "type": ["object", "string"] } },
        "fail": { "type": "boolean", "default": false, "title": "Fail the step when a rule is broken" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        if (!UpstreamTable.Exists(context) && context.Scope.Input is JsonObject { Count: > 0 } input && context.Scope.Outputs.Count == 0)
            return CheckInput(context, input);
        var source = await UpstreamTable.FindAsync(context, cancellationToken);
        context.ReportProgress(0.4);
        var checks = settings.Node("rules") switch
        {
            null => TableChecks.Suggested(source.Table).ToList(),
            JsonArray rules => [.. TableChecks.Declared(source.Table, rules)],
            _ => throw SkillSettings.Wrong("rules", "expected an array"),
        };
        var passed = checks.Count(check => check.Passed);
        if (passed < checks.Count && settings.Flag("fail", false))
        {
            return StepResult.Failed(new Problem(ProblemCodes.ValidationFailed, $"{checks.Count - passed} of {checks.Count} checks failed: {string.Join(" ", checks.Where(check => !check.Passed).Take(5).Select(check => check.Message))}")
            {
                Details = [.. checks.Where(check => !check.Passed).Select(check => new ProblemDetail(check.Column is null ? "" : "/" + check.Column, check.Rule, check.Message))],
            });
        }
        var output = new DataOutput(context, Name, source)
        {
            Summary = $"Checked {source.Table.RowCount:N0} rows with {checks.Count} rules: {passed} hold{(passed < checks.Count ? $", {checks.Count - passed} do not" : "")}.",
            Counts = new JsonObject { ["rows"] = source.Table.RowCount, ["checks"] = checks.Count, ["passed"] = passed, ["failed"] = checks.Count - passed },
            ["score"] = Math.Round((double)passed / checks.Count, 4),
            ["passed"] = passed == checks.Count,
            ["checks"] = new JsonArray([.. checks.Select(check => check.ToJson())]),
        };
        return await output.CompleteUnchangedAsync(cancellationToken);
    }

    /// <summary>As the first step of a workflow there is only the input: it is there, and its fields have values.</summary>
    private StepResult CheckInput(StepContext context, JsonObject input)
    {
        var checks = input.Select(field =>
        {
            var filled = field.Value is not null && field.Value.ToJsonString() is not ("\"\"" or "[]" or "{}");
            return new TableCheck("not_empty", field.Key, filled ? 0 : 1, 1, $"Field {field.Key} {(filled ? "has a value" : "is empty")}.", []);
        }).ToList();
        var passed = checks.Count(check => check.Passed);
        var summary = $"Checked the input: {passed} of {checks.Count} fields have a value.";
        var counts = new JsonObject { ["checks"] = checks.Count, ["passed"] = passed, ["failed"] = checks.Count - passed };
        return StepResult.Completed(new JsonObject
        {
            ["score"] = Math.Round((double)passed / checks.Count, 4),
            ["passed"] = passed == checks.Count,
            ["checks"] = new JsonArray([.. checks.Select(check => check.ToJson())]),
            ["summary"] = summary,
            ["counts"] = counts.DeepClone(),
            ["lineage"] = new JsonArray(new JsonObject { ["step"] = context.Step.Name, ["skill"] = Name, ["summary"] = summary, ["counts"] = counts }),
        }) with { RecordsProcessed = 1 };
    }
}
