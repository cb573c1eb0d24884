using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Html;

/// <summary>
/// One page that works without a server: filters, sorting and tooltips over the embedded rows. Its script needs no
/// origin, so it runs under <c>Content-Security-Policy: sandbox allow-scripts</c>; without scripts the findings still read.
/// </summary>
public static class DashboardPage
{
    /// <summary>Rows embedded; more would make the file slow to open.</summary>
    public const int MostRows = 50_000;

    /// <summary>The default encoder escapes every character that could end the script element.</summary>
    private static readonly JsonSerializerOptions Embedded = new() { Encoder = JavaScriptEncoder.Default };

    public static string Write(ReportModel model, Table table, ReportChoices choices)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"FlowNexus\">\n")
            .Append($"<title>{HtmlText.Of(model.Title)}</title>\n<style>\n{HtmlText.Asset("report.css")}{HtmlText.Asset("dashboard.css")}</style>\n</head>\n<body class=\"dashboard\">\n<main>\n");
        HtmlReport.Header(page, model);
        page.Append("<noscript><p class=\"note\">Filters and charts need scripts; the findings below do not.</p></noscript>\n")
            .Append("<form id=\"filters\" class=\"filters\" aria-label=\"Filters\"></form>\n")
            .Append("<p id=\"state\" class=\"state\" role=\"status\"></p>\n")
            .Append("<section id=\"tiles\" class=\"tiles\" aria-label=\"Key figures of the filtered records\"></section>\n")
            .Append("<div id=\"charts\" class=\"cards\"></div>\n");
        if (table.RowCount > MostRows)
            page.Append($"<p class=\"note\">This page holds the first {HtmlText.Of(NumberText.Count(MostRows))} of {HtmlText.Of(NumberText.Count(table.RowCount))} records; figures that filters change speak of these.</p>\n");
        HtmlReport.Findings(page, model);
        page.Append("<section id=\"records\"><h2>Records</h2><div id=\"grid\"></div></section>\n");
        HtmlReport.Processing(page, model);
        HtmlReport.Footer(page, model);
        page.Append("</main>\n<div id=\"tip\" role=\"tooltip\" hidden></div>\n")
            .Append($"<script type=\"application/json\" id=\"data\">{Data(table, choices).ToJsonString(Embedded)}</script>\n")
            .Append($"<script>\n{HtmlText.Asset("dashboard.js")}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static JsonObject Data(Table table, ReportChoices choices)
    {
        var roles = ColumnRoles.Of(table, choices);
        var rows = Math.Min(table.RowCount, MostRows);
        int Index(Column? column) => table.Columns.Select((candidate, index) => (candidate, index)).FirstOrDefault(entry => ReferenceEquals(entry.candidate, column), (null!, -1)).index;
        return new JsonObject
        {
            ["rows"] = rows,
            ["date"] = roles.Date is null ? -1 : Index(roles.Date),
            ["measures"] = new JsonArray([.. roles.Measures.Take(8).Select(measure => (JsonNode)new JsonObject
            {
                ["column"] = Index(measure.Column), ["label"] = measure.Label, ["additive"] = measure.Additive, ["decimals"] = measure.Decimals,
            })]),
            ["categories"] = new JsonArray([.. roles.Categories.Take(6).Select(column => (JsonNode)Index(column))]),
            ["columns"] = new JsonArray([.. table.Columns.Select(column => (JsonNode)Cells(column, rows))]),
        };
    }

    /// <summary>Text as indexes into its distinct values, dates as ISO text, numbers as they are.</summary>
    private static JsonObject Cells(Column column, int rows)
    {
        var format = CellFormat.Of(column);
        var cells = new JsonObject
        {
            ["name"] = column.Name, ["label"] = ColumnWords.Label(column.Name), ["kind"] = column.Kind.ToString().ToLowerInvariant(),
            ["decimals"] = format.Decimals, ["plain"] = format.Plain,
        };
        var values = new JsonArray();
        if (CellDisplay.IsNumeric(column.Kind))
        {
            for (var row = 0; row < rows; row++) values.Add(Measure.Number(column.Values[row]) is { } number ? JsonValue.Create(number) : null);
        }
        else
        {
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var row = 0; row < rows; row++)
            {
                if (column.Values[row] is not { } value) values.Add(-1);
                else
                {
                    var text = value is DateTime date ? date.ToString(date.TimeOfDay.Ticks == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : CellDisplay.Of(value, 0);
                    if (!places.TryGetValue(text, out var place)) places[text] = place = places.Count;
                    values.Add(place);
                }
            }
            cells["texts"] = new JsonArray([.. places.Keys.Select(text => (JsonNode)text)]);
        }
        cells["values"] = values;
        return cells;
    }
}
