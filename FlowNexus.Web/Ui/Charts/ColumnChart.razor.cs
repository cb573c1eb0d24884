using System.Globalization;
using FlowNexus.Web.Ui.Figures;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Charts;

/// <summary>Counts over time as stacked columns from zero up, with the same numbers as a table.</summary>
public sealed partial class ColumnChart : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The earliest first; each has the same parts.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ChartColumn> Columns { get; set; }

    private IEnumerable<string> Names => Columns.Count == 0 ? [] : Columns[0].Parts.Select(part => part.Name);

    private double Top => ChartScale.Top(Columns.Select(column => column.Parts.Sum(part => part.Value)).DefaultIfEmpty(0).Max());

    private string Share(double value) => (value / Top).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Title(ChartColumn column) =>
        $"{column.Title}: {string.Join(", ", column.Parts.Where(part => part.Value > 0).Select(part => $"{FigureWords.Number(part.Value)} {part.Name.ToLowerInvariant()}").DefaultIfEmpty("nothing"))}";
}

/// <param name="Title">What it stands for, in full.</param>
/// <param name="Short">The same, for the axis.</param>
/// <param name="Href">The rows behind it.</param>
/// <param name="Parts">From zero up.</param>
public sealed record ChartColumn(string Title, string Short, string? Href, IReadOnlyList<ChartPart> Parts);

/// <param name="Tone">A colour's CSS variable without its prefix.</param>
public sealed record ChartPart(string Name, string Tone, double Value);
