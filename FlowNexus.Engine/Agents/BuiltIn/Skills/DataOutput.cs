using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>
/// Builds the output every data skill has: <c>table, rows, columns, preview, data_size</c>, what it found, and
/// <c>lineage</c>: what was done to the data so far, oldest first, so that a report can tell the whole story.
/// </summary>
public sealed class DataOutput(StepContext context, string skill, IReadOnlyList<UpstreamTable> upstream)
{
    private readonly JsonObject _output = [];
    private readonly List<ArtifactReference> _artifacts = [];

    public DataOutput(StepContext context, string skill, UpstreamTable upstream) : this(context, skill, [upstream]) { }

    /// <summary>One sentence in the past tense: what was done.</summary>
    public required string Summary { get; init; }

    /// <summary>Exact counts of what was done.</summary>
    public JsonObject Counts { get; init; } = [];

    /// <summary>Records handled; the rows read unless set.</summary>
    public long? Records { get; init; }

    /// <summary>Bytes read from outside, beside those of the upstream tables.</summary>
    public long BytesRead { get; init; }

    public JsonNode? this[string name] { set => _output[name] = value; }

    /// <summary>Stores a further file and gives its reference as JSON.</summary>
    public async Task<JsonObject> AttachAsync(Table table, string name, CancellationToken cancellationToken)
    {
        var reference = await TableFiles.WriteAsync(context, table, name, cancellationToken);
        _artifacts.Add(reference);
        return ArtifactJson.Write(reference);
    }

    public void Attach(ArtifactReference reference) => _artifacts.Add(reference);

    /// <summary>Writes the table and completes the output.</summary>
    public async Task<StepResult> CompleteAsync(Table table, CancellationToken cancellationToken)
    {
        var reference = await AttachAsync(table, table.Name, cancellationToken);
        var size = reference["size"]!.GetValue<long>();
        return Complete(new JsonObject
        {
            ["table"] = reference,
            ["rows"] = table.RowCount,
            ["columns"] = ColumnsJson.Write(table),
            ["preview"] = ColumnsJson.Preview(table),
            ["data_size"] = size,
        });
    }

    /// <summary>Completes the output with the upstream table as it was: for skills that only look.</summary>
    public async Task<StepResult> CompleteUnchangedAsync(CancellationToken cancellationToken)
    {
        if (upstream is not [{ Output: { } output }, ..] || output["table"] is null)
            return await CompleteAsync(upstream[0].Table with { Name = context.Step.Name }, cancellationToken);
        var head = new JsonObject();
        foreach (var name in (string[])["table", "rows", "columns", "preview", "data_size"])
        {
            if (output[name] is { } node)
                head[name] = node.DeepClone();
        }
        return Complete(head);
    }

    private StepResult Complete(JsonObject head)
    {
        foreach (var (name, node) in _output.ToList())
        {
            _output.Remove(name);
            head[name] = node;
        }
        head["summary"] = Summary;
        head["counts"] = Counts.DeepClone();
        foreach (var name in (string[])["source", "profile"])
        {
            if (!head.ContainsKey(name) && upstream is [{ Output: { } output }] && output[name] is { } node && (name == "source" || Unchanged(head, output)))
                head[name] = node.DeepClone();
        }
        head["lineage"] = Lineage();
        return StepResult.Completed(head) with
        {
            RecordsProcessed = Records ?? upstream.Sum(source => (long)source.Table.RowCount),
            BytesRead = BytesRead + upstream.Sum(source => source.BytesRead),
            Artifacts = _artifacts,
        };
    }

    private static bool Unchanged(JsonObject head, JsonObject output) =>
        ArtifactJson.TryRead(head["table"])?.ArtifactId == ArtifactJson.TryRead(output["table"])?.ArtifactId;

    private JsonArray Lineage()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lineage = new JsonArray();
        foreach (var entry in upstream.SelectMany(source => source.Output?["lineage"] as JsonArray ?? []))
        {
            if (entry is not null && seen.Add(entry.ToJsonString()))
                lineage.Add(entry.DeepClone());
        }
        lineage.Add(new JsonObject { ["step"] = context.Step.Name, ["skill"] = skill, ["summary"] = Summary, ["counts"] = Counts.DeepClone() });
        return lineage;
    }
}
