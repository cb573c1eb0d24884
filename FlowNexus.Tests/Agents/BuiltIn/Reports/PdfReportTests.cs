using System.Text;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using PdfSharp.Pdf.IO;

namespace FlowNexus.Tests.Agents.BuiltIn.Reports;

public sealed class PdfReportTests
{
    [Fact]
    public void Document_Written_HasMetadataAndBookmarks()
    {
        using var stream = new MemoryStream(PdfReport.Write(SalesData.Model()));
        using var document = PdfReader.Open(stream, PdfDocumentOpenMode.Import);

        Assert.Equal("Customer analytics", document.Info.Title);
        Assert.Equal("FlowNexus", document.Info.Author);
        Assert.InRange(document.PageCount, 3, 10);
        Assert.True(document.Internals.Catalog.Elements.ContainsKey("/Outlines"));
    }

    [Fact]
    public void Fonts_Used_AreTheEmbeddedOnes()
    {
        var text = Encoding.Latin1.GetString(PdfReport.Write(SalesData.Model()));

        Assert.Contains("/FNREPA+Inter", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"/BaseFont\s*/(?!FNREP[A-Z]\+Inter)", text);
        Assert.Contains("/FontFile2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_OfTheFont_HaveOneWidth()
    {
        var face = TypeFace.Regular(10);

        Assert.Single(Enumerable.Range(0, 10).Select(digit => Math.Round(face.Measure(digit.ToString()), 6)).Distinct());
    }

    [Theory]
    [InlineData("sales")]
    [InlineData("long names")]
    [InlineData("many columns")]
    [InlineData("odd letters")]
    [InlineData("one row")]
    public void Text_WhateverTheData_NeitherOverlapsNorLeavesThePage(string kind)
    {
        PdfReport.Write(SalesData.Model(Data(kind)), out var placements);

        Assert.NotEmpty(placements);
        foreach (var page in placements.GroupBy(placement => placement.Page))
        {
            var texts = page.ToList();
            Assert.All(texts, text => Assert.True(
                text.X >= PdfStyle.Left - 0.1 && text.X + text.Width <= PdfStyle.Right + 0.5 && text.Y >= PdfStyle.Top - 4 && text.Y + text.Height <= PdfStyle.PageHeight - 48,
                $"'{text.Text}' leaves page {text.Page}: {text}"));
            for (var first = 0; first < texts.Count; first++)
            {
                for (var second = first + 1; second < texts.Count; second++)
                    Assert.False(Overlap(texts[first], texts[second]), $"{texts[first]} and {texts[second]}");
            }
        }
    }

    [Fact]
    public void Table_OverPages_RepeatsItsHeading()
    {
        var rows = Enumerable.Range(1, 120).Select(row => (IReadOnlyList<string>)[$"Name {row}", row.ToString()]).ToList();
        var model = SalesData.Model(SalesData.Make(60)) with { Tables = [new ReportTable("t", "Long", [new("Only here", false), new("Amount", true)], rows, null)] };
        PdfReport.Write(model, out var placements);

        var pages = placements.Where(text => text.Text.StartsWith("Name ", StringComparison.Ordinal)).Select(text => text.Page).Distinct().ToList();
        Assert.True(pages.Count >= 3);
        Assert.Equal(pages, placements.Where(text => text.Text == "Only here").Select(text => text.Page));
        Assert.Equal(120, placements.Count(text => text.Text.StartsWith("Name ", StringComparison.Ordinal)));
    }

    private static bool Overlap(Placement first, Placement second) =>
        first.X < second.X + second.Width - 0.2 && second.X < first.X + first.Width - 0.2
        && first.Y < second.Y + second.Height - 0.6 && second.Y < first.Y + first.Height - 0.6;

    private static Table Data(string kind) => kind switch
    {
        "long names" => Renamed(name => $"{name} – the quite long and explanatory description of this column, with_an_unbreakable_word_{new string('W', 120)}"),
        "many columns" => new Table("wide", [.. Enumerable.Range(0, 40).Select(index => Copy(SalesData.Make(60).Columns[index % 9], $"column {index} with words"))]),
        "odd letters" => Renamed(name => name + " \t\n\u0000 Ünïcode 漢字 😀 \uD800 \u202E عربى"),
        "one row" => SalesData.Make(1),
        _ => SalesData.Make(),
    };

    private static Table Renamed(Func<string, string> rename)
    {
        var table = SalesData.Make(120);
        return table with
        {
            Columns = [.. table.Columns.Select(column => new Column(rename(column.Name), column.Kind, column.Kind == ColumnKind.Text
                ? [.. column.Values.Select(value => value is string text ? rename(text) : null)]
                : column.Kind == ColumnKind.Number ? [.. column.Values.Select(value => value is double number ? (object)(number * 1e12) : null)] : column.Values))],
        };
    }

    private static Column Copy(Column column, string name) => column with { Name = name };
}
