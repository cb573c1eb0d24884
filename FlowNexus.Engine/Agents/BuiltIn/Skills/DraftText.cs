using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Drafting;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Writes a text from what earlier steps found and the input states, and names the source of every passage.</summary>
public sealed class DraftText : ISkill
{
    public string Name => "draft_text";

    public string Title => "Draft text";

    public string Description => "Draft, write or compose text, articles, notes, e-mails or content from given data and findings, with its sources named.";

    public IReadOnlyList<string> Aliases { get; } =
        ["write", "writing", "draft", "compose", "content creation", "content generation", "generate content", "article", "blog post", "copywriting", "documentation", "e-mail", "announcement"];

    public IReadOnlyList<string> AgentTypes { get; } = ["coder"];

    public JsonObject SettingsSchema { get; } = SkillSchema.Of("""
        "title": { "type": "string", "title": "Title", "description": "Default: input_data.title or input_data.topic, else the workflow's name." },
        "sources": { "type": "boolean", "default": true, "title": "Name the sources" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var passages = Passages.Of(context.Scope, context.Step.Name);
        if (passages.Count == 0)
        {
            throw new ProblemException(ProblemCodes.NoData,
                $"Step '{context.Step.Name}' has nothing to write about: no earlier step has an output and input_data states no facts. Put a step such as summarise before it, or give facts in input_data, for example \"facts\": [\"…\"].");
        }
        var title = settings.TextOrInput("title") ?? settings.TextOrInput("topic") ?? context.Scope.Execution.WorkflowName;
        var text = Compose(title, passages, settings.Flag("sources", true));
        var bytes = Encoding.UTF8.GetBytes(text);
        var artifact = await context.Artifacts.WriteAsync(
            TableFiles.FileName(context.Step.Name) + ".md", "text/markdown", async (stream, token) => await stream.WriteAsync(bytes, token), cancellationToken);
        var sources = passages.Select(passage => passage.Source).Distinct(StringComparer.Ordinal).ToList();
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var summary = $"Drafted {words:N0} words from {sources.Count} sources.";
        var counts = new JsonObject { ["words"] = words, ["passages"] = passages.Count, ["sources"] = sources.Count };
        return StepResult.Completed(new JsonObject
        {
            ["title"] = title,
            ["text"] = text,
            ["document"] = ArtifactJson.Write(artifact),
            ["sources"] = new JsonArray([.. sources.Select(source => JsonValue.Create(source))]),
            ["summary"] = summary,
            ["counts"] = counts.DeepClone(),
            ["lineage"] = new JsonArray(new JsonObject { ["step"] = context.Step.Name, ["skill"] = Name, ["summary"] = summary, ["counts"] = counts }),
        }) with { Artifacts = [artifact], RecordsProcessed = passages.Count };
    }

    private static string Compose(string title, IReadOnlyList<Passage> passages, bool sources)
    {
        var text = new StringBuilder("# ").Append(title).Append('\n');
        var numbers = passages.Select(passage => passage.Source).Distinct(StringComparer.Ordinal).Select((source, index) => (source, index)).ToDictionary(pair => pair.source, pair => pair.index + 1, StringComparer.Ordinal);
        foreach (var passage in passages)
        {
            text.Append("\n## ").Append(passage.Heading).Append("\n\n");
            text.AppendJoin(passage.Sentences.Count > 4 ? "\n- " : " ", passage.Sentences.Count > 4 ? ["- " + passage.Sentences[0], .. passage.Sentences.Skip(1)] : passage.Sentences);
            text.Append(sources ? $" [{numbers[passage.Source]}]\n" : "\n");
        }
        if (sources)
        {
            text.Append("\n## Sources\n\n");
            foreach (var (source, number) in numbers)
                text.Append(number).Append(". ").Append(source).Append('\n');
        }
        return text.ToString();
    }
}
