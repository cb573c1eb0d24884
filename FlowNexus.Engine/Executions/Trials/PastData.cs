using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions.Trials;

/// <summary>What an execution was given and what its steps gave, by name; bodies are read when they are asked for.</summary>
internal sealed class PastData
{
    private readonly Dictionary<string, StepRow> _steps = [];
    private readonly Dictionary<string, JsonNode?> _read = [];
    private readonly ArtifactStore? _artifacts;

    private PastData(ExecutionRow? row, IEnumerable<StepRow> steps, ArtifactStore? artifacts)
    {
        Row = row;
        _artifacts = artifacts;
        foreach (var step in steps) _steps[step.Name] = step;
    }

    /// <summary>Null when the workflow has not been run.</summary>
    public ExecutionRow? Row { get; }

    public JsonNode? Input => Row is null ? null : Parse(Row.InputArtifact, Row.Input);

    /// <param name="executionId">Null takes the latest that has begun.</param>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, EXECUTION_EXPIRED.</exception>
    public static async Task<PastData> ReadAsync(EngineDatabase database, ArtifactStore artifacts, string workflowId, string? executionId)
    {
        await using var context = database.Read();
        var row = executionId is null
            ? await context.Executions.Where(one => one.WorkflowId == workflowId && one.StartedAt != null && one.Pruned == 0).OrderByDescending(one => one.Id).FirstOrDefaultAsync()
            : await context.Executions.FirstOrDefaultAsync(one => one.Id == executionId && one.WorkflowId == workflowId) ?? throw GetStatus.NotFound(executionId);
        if (row is null) return new PastData(null, [], null);
        if (!ExecutionViews.IsRetained(row)) throw GetStatus.Expired(row);
        var steps = await context.Steps.Where(step => step.ExecutionId == row.Id && step.Iteration == 0).ToListAsync();
        return new PastData(row, steps, artifacts);
    }

    /// <summary>Outputs of some of the steps.</summary>
    /// <param name="pins">Outputs that count instead; null for none.</param>
    public IReadOnlyDictionary<string, JsonNode?> Outputs(IEnumerable<string> names, JsonObject? pins) =>
        new Some(this, [.. names.Where(name => pins?.ContainsKey(name) == true || _steps.GetValueOrDefault(name) is { Status: "completed" })], pins);

    public JsonNode? ErrorOf(string name) =>
        _steps.GetValueOrDefault(name) is { Status: "failed" or "timed_out" } row && ExecutionRows.Problem(row.Error) is { } problem ? new JsonObject { ["code"] = problem.Code, ["message"] = problem.Message } : null;

    private JsonNode? Output(string name)
    {
        if (!_read.TryGetValue(name, out var known)) _read[name] = known = Parse(_steps[name].OutputArtifact, _steps[name].Output);
        return known;
    }

    private JsonNode? Parse(string? artifact, string? json)
    {
        var text = artifact is not null ? _artifacts!.ReadBody(artifact) : json;
        return text is null ? null : JsonNode.Parse(text);
    }

    private sealed class Some(PastData past, string[] names, JsonObject? pins) : IReadOnlyDictionary<string, JsonNode?>
    {
        public IEnumerable<string> Keys => names;

        public IEnumerable<JsonNode?> Values => names.Select(name => this[name]);

        public int Count => names.Length;

        public JsonNode? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

        public bool ContainsKey(string key) => names.Contains(key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonNode? value)
        {
            value = null;
            if (!names.Contains(key)) return false;
            value = pins?.TryGetPropertyValue(key, out var pinned) == true ? pinned : past.Output(key);
            return true;
        }

        public IEnumerator<KeyValuePair<string, JsonNode?>> GetEnumerator() => names.Select(name => KeyValuePair.Create(name, this[name])).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
