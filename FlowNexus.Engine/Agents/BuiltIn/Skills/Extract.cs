using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Extraction;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Gets data from datasets, addresses and files, several if asked, and keeps the rows of a date range.</summary>
public sealed class Extract(SourceReader reader) : ISkill
{
    public string Name => "extract";

    public string Title => "Extract data";

    public string Description =>
        "Extract, fetch, load, collect, gather or read data from multiple sources: datasets, web addresses (HTTP APIs, CSV, JSON) and files; import records for a date range.";

    public IReadOnlyList<string> Aliases { get; } =
    [
        "fetch_dataset", "data_extraction", "extraction", "fetch", "load", "import", "collect", "gather", "ingest", "ingestion", "retrieve", "download", "web_scraping",
        "research", "data_collection", "data_preparation", "read data", "pull data", "query source",
    ];

    public IReadOnlyList<string> AgentTypes { get; } = ["researcher"];

    public JsonObject SettingsSchema { get; } = SkillSchema.Of("""
        "dataset": { "type": "string", "title": "Dataset", "description": "A dataset of this installation. Default: input_data.dataset or input_data.data_source." },
        "url": { "type": "string", "title": "Address", "description": "http(s) address of CSV, JSON or JSON lines." },
        "file": { "type": "string", "title": "File", "description": "A file of the file space, such as /data/training/a.csv." },
        "format": { "type": "string", "enum": ["csv", "json"], "title": "Format", "description": "Default: by media type or file name." },
        "sources": { "type": "array", "title": "Sources", "description": "Several sources, each {dataset | url | file}; their rows are put together with a column source.", "items": { "type": ["object", "string"] } },
        "date_range": { "type": "string", "title": "Date range", "description": "2024, 2024-Q1, 2024-03, 2024-01..2024-03, last 30 days. Default: input_data.date_range." },
        "date_column": { "type": "string", "title": "Date column", "description": "Default: detected." },
        "limit": { "type": "integer", "minimum": 1, "title": "Most rows" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var sources = SourceChoice.Choose(context, settings);
        var tables = new List<SourceTable>();
        try
        {
            foreach (var source in sources)
            {
                var found = await reader.ReadAsync(source, cancellationToken);
                tables.Add(found);
                context.Log.Info($"Read {found.Table.RowCount:N0} rows from {found.Label}.", new JsonObject { ["kind"] = found.Source.Kind, ["rows"] = found.Table.RowCount, ["columns"] = found.Table.Columns.Count, ["bytes"] = found.BytesRead });
                context.ReportProgress(0.7 * tables.Count / sources.Count);
            }
        }
        catch (ProblemException failure) when (failure.Problem.Code == ProblemCodes.HttpFailed)
        {
            return StepResult.Failed(failure.Problem, retryable: true);
        }
        var read = tables.Sum(table => (long)table.Table.RowCount);
        var all = tables.Count == 1 ? tables[0].Table : Union.Of([.. tables.Select(table => (table.Label, table.Table))], "source");
        var period = PeriodFilter.Apply(all, settings, context.Time.GetUtcNow());
        var table = settings.Number("limit") is { } limit && limit < period.Table.RowCount
            ? period.Table.Where(row => row < (int)limit)
            : period.Table;
        context.ReportProgress(0.8);

        var counts = new JsonObject { ["sources"] = tables.Count, ["rows_read"] = read, ["rows_kept"] = table.RowCount, ["columns"] = table.Columns.Count };
        if (period.Range is not null)
        {
            counts["rows_outside_range"] = period.Outside;
            counts["rows_without_date"] = period.WithoutDate;
        }
        var output = new DataOutput(context, Name, [])
        {
            Summary = Summarise(tables, read, table, period),
            Counts = counts,
            Records = read,
            BytesRead = tables.Sum(source => source.BytesRead),
            ["source"] = SourceFacts(tables, period),
        };
        return await output.CompleteAsync(table with { Name = context.Step.Name }, cancellationToken);
    }

    private static string Summarise(List<SourceTable> tables, long read, Table kept, Period period)
    {
        var from = tables.Count == 1 ? tables[0].Label : $"{tables.Count} sources ({string.Join(", ", tables.Select(table => table.Label))})";
        return period.Range is null
            ? $"Read {read:N0} rows with {kept.Columns.Count} columns from {from}."
            : $"Read {read:N0} rows from {from} and kept the {kept.RowCount:N0} whose {period.Column} lies in {period.Text}.";
    }

    private static JsonObject SourceFacts(List<SourceTable> tables, Period period)
    {
        var facts = new JsonObject
        {
            ["name"] = string.Join(" + ", tables.Select(table => table.Label)),
            ["sources"] = new JsonArray([.. tables.Select(table => new JsonObject
            {
                ["kind"] = table.Source.Kind,
                ["location"] = table.Label,
                ["rows"] = table.Table.RowCount,
                ["bytes"] = table.BytesRead,
            })]),
        };
        if (period.Range is { } range)
        {
            facts["date_range"] = period.Text;
            facts["date_column"] = period.Column;
            facts["from"] = range.From is { } from ? DateText.Format(from) : null;
            facts["before"] = range.Before is { } before ? DateText.Format(before) : null;
        }
        return facts;
    }
}
