using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports;

/// <summary>A kind of document a report can become.</summary>
/// <param name="Name">The word in settings and <c>output_format</c>.</param>
public sealed record ReportFormat(string Name, string Extension, string MediaType)
{
    public static readonly ReportFormat Pdf = new("pdf", ".pdf", "application/pdf");
    public static readonly ReportFormat Html = new("html", ".html", "text/html; charset=utf-8");
    public static readonly ReportFormat Markdown = new("markdown", ".md", "text/markdown; charset=utf-8");
    public static readonly ReportFormat Csv = new("csv", ".csv", "text/csv; charset=utf-8");
    public static readonly ReportFormat Json = new("json", ".json", "application/json");

    /// <summary>One self-contained page with filters.</summary>
    public static readonly ReportFormat Dashboard = new("dashboard", ".html", "text/html; charset=utf-8");

    public static readonly IReadOnlyList<ReportFormat> All = [Pdf, Html, Markdown, Csv, Json, Dashboard];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(format => format.Name)];

    /// <param name="name">Letter case and spaces around do not matter.</param>
    /// <param name="field">Where the word was written, for the error.</param>
    /// <exception cref="ProblemException">INVALID_INPUT_DATA, listing what is allowed.</exception>
    public static ReportFormat Parse(string name, string field)
    {
        var word = name.Trim().ToLowerInvariant();
        if (word == "md") word = Markdown.Name;
        return All.FirstOrDefault(format => format.Name == word) ?? throw new ProblemException(new Problem(
            ProblemCodes.InvalidInputData, $"There is no report format '{name}' (in {field}). Allowed: {string.Join(", ", Names)}.")
        {
            Details = [new ProblemDetail(field, "unknown_format", $"'{name}' is not a report format.") { Allowed = Names, Hint = "Use one of the allowed words, or leave it out for html." }],
        });
    }
}
