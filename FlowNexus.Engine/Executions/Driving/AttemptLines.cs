using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>What the engine itself says in the log of an attempt.</summary>
internal static class AttemptLines
{
    public static void Ended(StepLog log, StepResult result, TimeSpan took)
    {
        foreach (var warning in result.Warnings) log.Warning(warning.Message, new JsonObject { ["code"] = warning.Rule });
        var milliseconds = Math.Round(took.TotalMilliseconds, 1);
        if (result.Failure is { } problem)
        {
            var fields = new JsonObject { ["code"] = problem.Code, ["duration_ms"] = milliseconds, ["retryable"] = result.Retryable };
            if (problem.RetryAfter is { } after) fields["retry_after"] = after;
            log.Error(problem.Message, fields);
            return;
        }

        var facts = new JsonObject { ["duration_ms"] = milliseconds };
        if (result.RecordsProcessed is { } records) facts["records"] = records;
        if (result.BytesRead > 0) facts["bytes_read"] = result.BytesRead;
        if (result.Artifacts.Count > 0) facts["artifacts"] = new JsonArray([.. result.Artifacts.Select(artifact => JsonValue.Create(artifact.Name))]);
        log.Info(string.Create(CultureInfo.InvariantCulture, $"Completed in {milliseconds} ms."), facts);
    }
}
