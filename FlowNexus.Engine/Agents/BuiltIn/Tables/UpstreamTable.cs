using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>A table that an earlier step produced, with that step's whole output.</summary>
/// <param name="StepName">The step it comes from; <c>input_data</c> or <c>settings</c> when no step made it.</param>
/// <param name="Table">The rows.</param>
/// <param name="Output">What that step said about it: lineage, profile, counts. Shared: treat as read-only.</param>
/// <param name="BytesRead">Bytes of the artifact; 0 for rows given in place.</param>
public sealed record UpstreamTable(string StepName, Table Table, JsonObject? Output, long BytesRead)
{
    /// <summary>
    /// The table a skill works on: the setting <c>input</c> or <c>table</c>, else a direct dependency's output, else the
    /// nearest earlier output that has one, else rows in <c>input_data.rows</c> or <c>input_data.data</c>.
    /// </summary>
    /// <exception cref="ProblemException">NO_DATA, saying where was looked and what to do.</exception>
    public static async Task<UpstreamTable> FindAsync(StepContext context, CancellationToken cancellationToken)
    {
        var found = Candidates(context).FirstOrDefault()
            ?? throw new ProblemException(new Problem(ProblemCodes.NoData, NothingFound(context)));
        return await found.ReadAsync(context, cancellationToken);
    }

    /// <summary>All tables of the direct dependencies, for skills that join or compare; else as <see cref="FindAsync"/>.</summary>
    public static async Task<IReadOnlyList<UpstreamTable>> FindAllAsync(StepContext context, CancellationToken cancellationToken)
    {
        var candidates = Candidates(context).ToList();
        var direct = candidates.Where(candidate => candidate.Direct).ToList();
        var chosen = direct.Count > 0 ? direct : candidates;
        if (chosen.Count == 0)
            throw new ProblemException(new Problem(ProblemCodes.NoData, NothingFound(context)));
        var tables = new List<UpstreamTable>();
        foreach (var candidate in chosen)
            tables.Add(await candidate.ReadAsync(context, cancellationToken));
        return tables;
    }

    /// <summary>Whether there is any table to work on, without reading it.</summary>
    public static bool Exists(StepContext context) => Candidates(context).Any();

    private static IEnumerable<Candidate> Candidates(StepContext context)
    {
        var settings = new SkillSettings(context);
        if ((settings.Node("input") ?? settings.Node("table")) is { } given)
        {
            // Not in a new array: a node that stands in its settings can have no second parent.
            JsonNode?[] nodes = given is JsonArray { Count: > 0 } list && list.All(TableFiles.IsTable) ? [.. list] : [given];
            foreach (var node in nodes)
            {
                if (node is JsonValue name && context.Scope.Outputs.TryGetValue(name.ToString(), out var named))
                    yield return new Candidate(name.ToString(), named, named as JsonObject, Direct: true);
                else
                    yield return new Candidate("settings", node, Owner(context, node), Direct: true);
            }
            yield break;
        }
        foreach (var name in context.Scope.DirectDependencies)
        {
            if (context.Scope.Outputs.TryGetValue(name, out var output) && TableFiles.IsTable(output))
                yield return new Candidate(name, output, output as JsonObject, Direct: true);
        }
        foreach (var (name, output) in context.Scope.Outputs.Reverse())
        {
            if (!context.Scope.DirectDependencies.Contains(name, StringComparer.Ordinal) && TableFiles.IsTable(output))
                yield return new Candidate(name, output, output as JsonObject, Direct: false);
        }
        foreach (var key in (string[])["rows", "data", "records", "table"])
        {
            if (context.Scope.Input is JsonObject input && TableFiles.IsTable(input[key]))
                yield return new Candidate("input_data", input[key], Output: null, Direct: false);
        }
    }

    /// <summary>The output whose table a template handed over, so that its lineage is not lost.</summary>
    private static JsonObject? Owner(StepContext context, JsonNode? node) =>
        node is JsonObject holder && holder["table"] is not null ? holder
        : ArtifactJson.TryRead(node) is { } reference ? context.Scope.Outputs.Values.OfType<JsonObject>()
            .FirstOrDefault(output => ArtifactJson.TryRead(output["table"])?.ArtifactId == reference.ArtifactId)
        : null;

    private static string NothingFound(StepContext context) =>
        $"Step '{context.Step.Name}' has no data to work on. " + (context.Scope.Outputs.Count == 0
            ? "No earlier step has an output"
            : $"None of the earlier steps ({string.Join(", ", context.Scope.Outputs.Keys)}) produced a table")
        + ", and input_data holds no rows. Put a step that extracts data before it, or set `input` to a step's name or to a template such as {{ steps.extract.output }}.";

    private sealed record Candidate(string StepName, JsonNode? Node, JsonObject? Output, bool Direct)
    {
        public async Task<UpstreamTable> ReadAsync(StepContext context, CancellationToken cancellationToken)
        {
            var table = await TableFiles.ReadAsync(context, Output is { } output && TableFiles.IsTable(output) ? output : Node, cancellationToken);
            var bytes = (ArtifactJson.TryRead(Output?["table"]) ?? ArtifactJson.TryRead(Node))?.Size ?? 0;
            return new UpstreamTable(StepName, table, Output, bytes);
        }
    }
}
