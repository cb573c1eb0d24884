namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>A report before it is a document: every sentence and number in it was computed from the data or handed over by a step.</summary>
public sealed record ReportModel
{
    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    /// <summary>First and last date in the data, in words; null when no column holds dates.</summary>
    public string? Period { get; init; }

    public required ReportProvenance Provenance { get; init; }

    public required int Rows { get; init; }

    /// <summary>What earlier steps did to the data, oldest first.</summary>
    public IReadOnlyList<ProcessingStep> Processing { get; init; } = [];

    public IReadOnlyList<KeyFigure> KeyFigures { get; init; } = [];

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public IReadOnlyList<ReportChart> Charts { get; init; } = [];

    public IReadOnlyList<ReportTable> Tables { get; init; } = [];
}

/// <summary>Where the data and the report come from.</summary>
/// <param name="Source">Data set, file or step the rows came from.</param>
/// <param name="RequestedPeriod">What the caller asked for, word by word.</param>
/// <param name="DataSha256">Digest of the table the report was computed from; null for rows given in place.</param>
public sealed record ReportProvenance(
    string Workflow, int Version, string ExecutionId, string Step, string? Source, string? RequestedPeriod, string? DataSha256, DateTimeOffset CreatedAt);

/// <param name="Counts">Exact counts by name, as the step reported them.</param>
public sealed record ProcessingStep(string Step, string? Skill, string? Summary, IReadOnlyList<Figure> Counts);

/// <param name="Name">snake_case.</param>
public sealed record Figure(string Name, double Value);

/// <param name="Text">The value as people read it.</param>
/// <param name="Note">Puts it in context: a share, a change, a unit.</param>
public sealed record KeyFigure(string Label, double Value, string Text, string? Note);

/// <param name="Kind">trend, peak, halves, ranking, concentration, outliers, relation, missing, duplicates.</param>
/// <param name="Headline">A few words.</param>
/// <param name="Text">One or two sentences.</param>
/// <param name="Figures">The numbers the text speaks of, unrounded.</param>
public sealed record Finding(string Kind, string Headline, string Text, IReadOnlyList<Figure> Figures);

public enum ChartKind { Line, Bars }

/// <param name="Id">Unique in the report; usable as an HTML id.</param>
/// <param name="PointHeading">What a label is: Week, Region.</param>
/// <param name="ValueHeading">What a value is: Revenue (total).</param>
public sealed record ReportChart(
    string Id, ChartKind Kind, string Title, string PointHeading, string ValueHeading, IReadOnlyList<ChartPoint> Points, string? Note);

/// <param name="Share">Of the whole, 0 to 1; null where shares mean nothing.</param>
/// <param name="Muted">Stands for a remainder or an incomplete period.</param>
public sealed record ChartPoint(string Label, double Value, string Text, double? Share = null, bool Muted = false);

/// <param name="Columns">Headings and alignment.</param>
/// <param name="Rows">Formatted cells, as many as there are columns.</param>
public sealed record ReportTable(string Id, string Title, IReadOnlyList<TableHeading> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note);

public sealed record TableHeading(string Name, bool Numeric);
