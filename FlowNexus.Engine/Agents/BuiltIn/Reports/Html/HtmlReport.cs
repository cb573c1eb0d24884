using System.Text;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Html;

/// <summary>The report as one HTML file: no scripts, no requests, light and dark, and a print style.</summary>
public static class HtmlReport
{
    public static string Write(ReportModel model)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"FlowNexus\">\n")
            .Append($"<title>{HtmlText.Of(model.Title)}</title>\n<style>\n{HtmlText.Asset("report.css")}</style>\n</head>\n<body>\n<main>\n");
        Header(page, model);
        KeyFigures(page, model);
        Findings(page, model);
        Charts(page, model);
        Processing(page, model);
        foreach (var table in model.Tables)
        {
            page.Append($"<section id=\"{HtmlText.Of(table.Id)}\"><h2>{HtmlText.Of(table.Title)}</h2>\n");
            Table(page, table.Title, table.Columns, table.Rows);
            Note(page, table.Note);
            page.Append("</section>\n");
        }
        Footer(page, model);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    internal static void Header(StringBuilder page, ReportModel model)
    {
        page.Append($"<header><p class=\"kicker\">Report</p><h1>{HtmlText.Of(model.Title)}</h1><p class=\"subtitle\">{HtmlText.Of(model.Subtitle)}</p>\n<dl class=\"facts\">");
        foreach (var (name, value) in ReportFacts.Of(model)) page.Append($"<div><dt>{HtmlText.Of(name)}</dt><dd>{HtmlText.Of(value)}</dd></div>");
        page.Append("</dl></header>\n");
    }

    internal static void Table(StringBuilder page, string caption, IReadOnlyList<TableHeading> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        page.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{HtmlText.Of(caption)}\"><table><thead><tr>");
        foreach (var column in columns) page.Append(column.Numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").Append(HtmlText.Of(column.Name)).Append("</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            page.Append("<tr>");
            for (var index = 0; index < row.Count; index++) page.Append(columns[index].Numeric ? "<td class=\"n\">" : "<td>").Append(HtmlText.Of(row[index])).Append("</td>");
            page.Append("</tr>\n");
        }
        page.Append("</tbody></table></div>\n");
    }

    internal static void Footer(StringBuilder page, ReportModel model)
    {
        var digest = model.Provenance.DataSha256 is { } sha ? $" Data digest (SHA-256): <code>{HtmlText.Of(sha)}</code>." : "";
        page.Append($"<footer>Computed by FlowNexus from {HtmlText.Of(NumberText.Plural(model.Rows, "record", "records"))}; every number above comes from the data.{digest}</footer>\n");
    }

    internal static void Processing(StringBuilder page, ReportModel model)
    {
        if (model.Processing.Count == 0) return;
        page.Append("<section id=\"processing\"><h2>What was done to the data</h2><ol class=\"steps\">\n");
        foreach (var step in model.Processing)
        {
            page.Append($"<li><strong>{HtmlText.Of(step.Step)}</strong> {HtmlText.Of(step.Summary)}");
            if (step.Counts.Count > 0)
            {
                page.Append("<ul class=\"counts\">");
                foreach (var count in step.Counts) page.Append($"<li>{HtmlText.Of(ReportFacts.Count(count))}</li>");
                page.Append("</ul>");
            }
            page.Append("</li>\n");
        }
        page.Append("</ol></section>\n");
    }

    internal static void Findings(StringBuilder page, ReportModel model)
    {
        if (model.Findings.Count == 0) return;
        page.Append("<section id=\"findings\"><h2>Findings</h2><ul class=\"findings\">\n");
        foreach (var finding in model.Findings) page.Append($"<li><strong>{HtmlText.Of(finding.Headline)}</strong><span>{HtmlText.Of(finding.Text)}</span></li>\n");
        page.Append("</ul></section>\n");
    }

    private static void KeyFigures(StringBuilder page, ReportModel model)
    {
        if (model.KeyFigures.Count == 0) return;
        page.Append("<section id=\"key-figures\" class=\"tiles\" aria-label=\"Key figures\">\n");
        foreach (var figure in model.KeyFigures)
            page.Append($"<div class=\"tile\"><p>{HtmlText.Of(figure.Label)}</p><p class=\"big\">{HtmlText.Of(figure.Text)}</p><p class=\"note\">{HtmlText.Of(figure.Note)}</p></div>\n");
        page.Append("</section>\n");
    }

    private static void Charts(StringBuilder page, ReportModel model)
    {
        foreach (var chart in model.Charts)
        {
            page.Append($"<section id=\"{HtmlText.Of(chart.Id)}\"><h2>{HtmlText.Of(chart.Title)}</h2>\n{SvgChart.Of(chart)}\n");
            Note(page, chart.Note);
            page.Append("<details><summary>Show as a table</summary>");
            var shares = chart.Points.Any(point => point.Share is not null);
            List<TableHeading> headings = [new(chart.PointHeading, false), new(chart.ValueHeading, true)];
            if (shares) headings.Add(new("Share", true));
            Table(page, chart.Title, headings, [.. chart.Points.Select(point => (IReadOnlyList<string>)(shares
                ? [point.Label, point.Text, point.Share is { } share ? NumberText.Percent(share) : ""]
                : [point.Label, point.Text]))]);
            page.Append("</details></section>\n");
        }
    }

    private static void Note(StringBuilder page, string? note)
    {
        if (note is not null) page.Append($"<p class=\"note\">{HtmlText.Of(note)}</p>\n");
    }
}
