using System.Text;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Text;

/// <summary>The report as GitHub-flavoured Markdown. Charts become tables with a bar of blocks.</summary>
public static class MarkdownReport
{
    private const int BarCells = 20;

    public static string Write(ReportModel model)
    {
        var text = new StringBuilder();
        Line(text, $"# {Escape(model.Title)}");
        Line(text, Escape(model.Subtitle));
        Table(text, [new("About", false), new("", false)], [.. ReportFacts.Of(model).Select(fact => (IReadOnlyList<string>)[fact.Name, fact.Value])]);
        if (model.KeyFigures.Count > 0)
        {
            Line(text, "## Key figures");
            Table(text, [new("Figure", false), new("Value", true), new("Note", false)], [.. model.KeyFigures.Select(figure => (IReadOnlyList<string>)[figure.Label, figure.Text, figure.Note ?? ""])]);
        }
        if (model.Findings.Count > 0)
        {
            Line(text, "## Findings");
            Line(text, string.Join('\n', model.Findings.Select(finding => $"- **{Escape(finding.Headline)}.** {Escape(finding.Text)}")));
        }
        if (model.Charts.Count > 0) Line(text, "## Charts");
        foreach (var chart in model.Charts) Chart(text, chart);
        if (model.Processing.Count > 0)
        {
            Line(text, "## What was done to the data");
            Line(text, string.Join('\n', model.Processing.Select((step, index) => $"{index + 1}. **{Escape(step.Step)}** {Escape(ReportFacts.Told(step))}")));
        }
        Line(text, "## Tables");
        foreach (var table in model.Tables)
        {
            Line(text, $"### {Escape(table.Title)}");
            Table(text, table.Columns, table.Rows);
            if (table.Note is not null) Line(text, $"_{Escape(table.Note)}_");
        }
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Chart(StringBuilder text, ReportChart chart)
    {
        Line(text, $"### {Escape(chart.Title)}");
        var largest = chart.Points.Max(point => Math.Abs(point.Value));
        var shares = chart.Points.Any(point => point.Share is not null);
        List<TableHeading> headings = [new(chart.PointHeading, false), new(chart.ValueHeading, true)];
        if (shares) headings.Add(new("Share", true));
        headings.Add(new("", false));
        Table(text, headings, [.. chart.Points.Select(point =>
        {
            List<string> row = [point.Label, point.Text];
            if (shares) row.Add(point.Share is { } share ? NumberText.Percent(share) : "");
            row.Add(largest > 0 ? new string('█', (int)Math.Round(Math.Abs(point.Value) / largest * BarCells)) : "");
            return (IReadOnlyList<string>)row;
        })]);
        if (chart.Note is not null) Line(text, $"_{Escape(chart.Note)}_");
    }

    private static void Table(StringBuilder text, IReadOnlyList<TableHeading> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        text.Append("| ").AppendJoin(" | ", headings.Select(heading => Escape(heading.Name))).Append(" |\n|");
        foreach (var heading in headings) text.Append(heading.Numeric ? " ---: |" : " --- |");
        text.Append('\n');
        foreach (var row in rows) text.Append("| ").AppendJoin(" | ", row.Select(Escape)).Append(" |\n");
        text.Append('\n');
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\n\n");

    /// <summary>Nothing in the data can become markup: not a table cell, not HTML, not a link.</summary>
    internal static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var letter in value)
        {
            if (letter is '\n' or '\r' or '\t') text.Append(' ');
            else if (letter == '<') text.Append("&lt;");
            else if (letter == '>') text.Append("&gt;");
            else if (letter == '&') text.Append("&amp;");
            else if (letter is '\\' or '|' or '*' or '_' or '`' or '[' or ']' or '#' or '~') text.Append('\\').Append(letter);
            else text.Append(letter);
        }
        return text.ToString();
    }
}
