using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>
/// Outputs of completed steps by name, read from their rows when first asked for. JSON nodes are not safe to read from
/// several threads, so every attempt gets one of its own.
/// </summary>
internal sealed class StepOutputs(PreparedWorkflow workflow, StepRow?[] rows, ArtifactStore artifacts) : IReadOnlyDictionary<string, JsonNode?>
{
    private readonly Dictionary<int, JsonNode?> _read = [];

    public IEnumerable<string> Keys => Completed().Select(ordinal => workflow.Definition.Steps[ordinal].Name);

    public IEnumerable<JsonNode?> Values => Completed().Select(Read);

    public int Count => Completed().Count();

    public JsonNode? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    /// <summary>Knows an output before its row exists: of a pure step in the transition under way.</summary>
    public void Set(int ordinal, JsonNode? output) => _read[ordinal] = output;

    /// <summary>Forgets what a transition that did not commit had set.</summary>
    public void Clear() => _read.Clear();

    public bool ContainsKey(string key) => workflow.Ordinal(key) is { } ordinal && Has(ordinal);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonNode? value)
    {
        value = null;
        if (workflow.Ordinal(key) is not { } ordinal || !Has(ordinal)) return false;
        value = Read(ordinal);
        return true;
    }

    public IEnumerator<KeyValuePair<string, JsonNode?>> GetEnumerator() =>
        Completed().Select(ordinal => KeyValuePair.Create(workflow.Definition.Steps[ordinal].Name, Read(ordinal))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<int> Completed() => Enumerable.Range(0, rows.Length).Where(Has);

    private bool Has(int ordinal) => _read.ContainsKey(ordinal) || rows[ordinal] is { Status: "completed" };

    private JsonNode? Read(int ordinal)
    {
        if (_read.TryGetValue(ordinal, out var known)) return known;
        var row = rows[ordinal]!;
        var json = row.OutputArtifact is { } id ? artifacts.ReadBody(id) : row.Output;
        return _read[ordinal] = json is null ? null : JsonNode.Parse(json);
    }
}
