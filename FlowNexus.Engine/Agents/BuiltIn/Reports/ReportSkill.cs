using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Html;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Text;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports;

/// <summary>Makes a document from the data earlier steps produced. Everything in it is computed; without data it says so.</summary>
public sealed class ReportSkill : ISkill
{
    public string Name => "report";

    public string Title => "Write a report";

    public string Description =>
        "Generate comprehensive reports from data: key figures, findings, charts and tables as PDF, HTML, Markdown, CSV, JSON or an interactive dashboard.";

    public IReadOnlyList<string> Aliases =>
        ["report", "reporting", "report_generation", "generate_report", "create_report", "document", "dashboard", "pdf", "present", "presentation", "publish", "visualise", "visualize", "chart"];

    public IReadOnlyList<string> AgentTypes => ["coder"];

    public JsonObject SettingsSchema => ReportSettings.Schema();

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = ReportSettings.Read(context);
        var source = await ReportSource.FindAsync(context, cancellationToken);
        context.ReportProgress(0.2);
        var model = ReportBuilder.Build(source.Table, source.Processing(), settings.Choices, Provenance(context, source), source.Heading() ?? context.Scope.Execution.WorkflowName);
        context.ReportProgress(0.5);
        var report = await WriteAsync(context, settings, model, source.Table, cancellationToken);
        return new StepResult
        {
            Output = new JsonObject
            {
                ["title"] = model.Title,
                ["format"] = settings.Format.Name,
                ["report"] = JsonSerializer.SerializeToNode(report, Problems.ProblemJson.Options),
                ["rows"] = model.Rows,
                ["findings"] = JsonReport.Node(model.Findings),
                ["key_figures"] = JsonReport.Node(model.KeyFigures),
            },
            RecordsProcessed = model.Rows,
            BytesRead = source.Bytes,
            Artifacts = [report],
        };
    }

    /// <summary>Writes the document itself; the same model and table give the same bytes.</summary>
    internal static Task RenderAsync(ReportFormat format, ReportModel model, Tables.Table table, ReportChoices choices, Stream stream, CancellationToken cancellationToken) => format.Name switch
    {
        "pdf" => stream.WriteAsync(PdfReport.Write(model), cancellationToken).AsTask(),
        "markdown" => TextAsync(stream, MarkdownReport.Write(model), cancellationToken),
        "csv" => ReportCsv.WriteAsync(table, stream, cancellationToken),
        "json" => TextAsync(stream, JsonReport.Write(model), cancellationToken),
        "dashboard" => TextAsync(stream, DashboardPage.Write(model, table, choices), cancellationToken),
        _ => TextAsync(stream, HtmlReport.Write(model), cancellationToken),
    };

    private static Task<ArtifactReference> WriteAsync(StepContext context, ReportSettings settings, ReportModel model, Tables.Table table, CancellationToken cancellationToken) =>
        context.Artifacts.WriteAsync(
            FileName(model.Title) + settings.Format.Extension, settings.Format.MediaType, (stream, token) => RenderAsync(settings.Format, model, table, settings.Choices, stream, token), cancellationToken);

    private static ReportProvenance Provenance(StepContext context, ReportSource source)
    {
        var facts = context.Scope.Execution;
        var requested = (context.Scope.Input as JsonObject)?["date_range"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        return new ReportProvenance(facts.WorkflowName, facts.Version, facts.ExecutionId, context.Step.Name, source.Name, requested, source.Sha256, context.Time.GetUtcNow());
    }

    private static string FileName(string title)
    {
        var name = new StringBuilder();
        foreach (var letter in title)
        {
            if (char.IsLetterOrDigit(letter)) name.Append(char.ToLowerInvariant(letter));
            else if (name.Length > 0 && name[^1] != '-') name.Append('-');
        }
        var trimmed = name.ToString().Trim('-');
        return trimmed.Length == 0 ? "report" : trimmed[..Math.Min(trimmed.Length, 80)];
    }

    private static Task TextAsync(Stream stream, string text, CancellationToken cancellationToken) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();
}
