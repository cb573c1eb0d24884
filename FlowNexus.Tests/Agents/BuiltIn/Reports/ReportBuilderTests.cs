using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Tests.Agents.BuiltIn.Reports;

public sealed class ReportBuilderTests
{
    [Fact]
    public void Trend_OfWholeMonths_HasExactNumbers()
    {
        var finding = Find(SalesData.Model(Months(("2024-01-01", 100), ("2024-01-31", 100), ("2024-02-10", 300), ("2024-03-01", 100), ("2024-03-31", 150))), "trend");

        Assert.Equal(200, Value(finding, "first"));
        Assert.Equal(250, Value(finding, "last"));
        Assert.Equal(0.25, Value(finding, "change"), 12);
        Assert.Equal("From January 2024 to March 2024, total revenue went from 200 to 250 (+25.0\u202F%).", finding.Text);
    }

    [Fact]
    public void Trend_WithMonthCoveredInPart_LeavesItOutAndSaysSo()
    {
        var model = SalesData.Model(Months(("2024-01-01", 100), ("2024-01-31", 100), ("2024-02-10", 300), ("2024-03-01", 400), ("2024-03-31", 1), ("2024-04-02", 9)));
        var finding = Find(model, "trend");

        Assert.Equal(401, Value(finding, "last"));
        Assert.Contains("1 month only partly covered by the data is left out", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_ByCategory_HasSharesOfTheWhole()
    {
        var table = new Table("t", [Text("region", "North", "South", "North", null, "East", "South"), Numbers("revenue", 50, 20, 10, 10, 5, 5)]);
        var finding = Find(SalesData.Model(table), "ranking");

        Assert.Equal("North leads by region", finding.Headline);
        Assert.Equal(0.6, Value(finding, "highest_share"), 12);
        Assert.Equal(0.05, Value(finding, "lowest_share"), 12);
        Assert.Equal(3, Value(finding, "values"));
    }

    [Fact]
    public void Missing_Values_AreCountedByColumn()
    {
        var table = new Table("t", [Text("region", "North", null, "South", null), Numbers("revenue", 1, null, 3, 4)]);
        var finding = Find(SalesData.Model(table), "missing");

        Assert.Equal(3, Value(finding, "missing"));
        Assert.Equal(8, Value(finding, "cells"));
        Assert.Contains("region 2, revenue 1", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Outliers_FarOut_AreCounted()
    {
        var values = Enumerable.Range(1, 40).Select(value => (double?)value).Append(1000).Append(2000).ToArray();
        var finding = Find(SalesData.Model(new Table("t", [Numbers("revenue", values)])), "outliers");

        Assert.Equal(2, Value(finding, "outliers"));
        Assert.Contains("the largest is 2\u202F000", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_AsMeasure_IsAveragedNotSummed()
    {
        var model = SalesData.Model(new Table("t", [Text("region", "A", "A", "B", "B"), Numbers("conversion_rate", 0.2, 0.4, 0.1, 0.1)]));

        Assert.Equal("Mean conversion rate", model.KeyFigures[0].Label);
        Assert.Equal(0.2, model.KeyFigures[0].Value, 12);
        Assert.All(Assert.Single(model.Charts).Points, point => Assert.Null(point.Share));
    }

    [Fact]
    public void Text_Alone_CountsRecords()
    {
        var model = SalesData.Model(new Table("t", [Text("city", "Oslo", "Oslo", "Bergen", "Oslo")]));

        Assert.Equal("Oslo accounts for 75.0\u202F% of all records (3); Bergen comes last of 2 with 25.0\u202F% (1).", Find(model, "ranking").Text);
        Assert.Null(model.Period);
    }

    [Fact]
    public void Identifier_Numbers_AreNoMeasure()
    {
        var roles = ColumnRoles.Of(SalesData.Make(100), ReportChoices.None);

        Assert.Equal(["revenue", "units"], roles.Measures.Select(measure => measure.Column!.Name));
        Assert.Equal("order_date", roles.Date!.Name);
    }

    [Fact]
    public void Choices_OfTheAuthor_Win()
    {
        var model = SalesData.Model(choices: new ReportChoices("Units sold", null, "units", "mean", ["channel"]));

        Assert.Equal("Units sold", model.Title);
        Assert.Equal("Mean units", model.KeyFigures[0].Label);
        Assert.Equal(["Units (mean) by week", "Units (mean) by channel"], model.Charts.Select(chart => chart.Title));
    }

    [Fact]
    public void Totals_OfTheModel_AgreeWithTheData()
    {
        var table = SalesData.Make();
        var sum = table.TryColumn("revenue")!.Values.OfType<double>().Sum();
        var model = SalesData.Model(table);

        Assert.Equal(sum, model.KeyFigures[0].Value, 6);
        Assert.Equal(sum, model.Charts[0].Points.Sum(point => point.Value), 6);
        Assert.Equal(1, model.Charts[1].Points.Sum(point => point.Share!.Value), 9);
        Assert.Equal("1 Jan – 31 Mar 2024", model.Period);
    }

    private static Finding Find(ReportModel model, string kind) => model.Findings.First(finding => finding.Kind == kind);

    private static double Value(Finding finding, string name) => finding.Figures.Single(figure => figure.Name == name).Value;

    private static Table Months(params (string Day, double Value)[] rows) => new("t",
    [
        new Column("order_date", ColumnKind.Date, [.. rows.Select(row => (object?)DateTime.SpecifyKind(DateTime.ParseExact(row.Day, "yyyy-MM-dd", null), DateTimeKind.Utc))]),
        Numbers("revenue", [.. rows.Select(row => (double?)row.Value)]),
    ]);

    private static Column Text(string name, params string?[] values) => new(name, ColumnKind.Text, [.. values]);

    private static Column Numbers(string name, params double?[] values) => new(name, ColumnKind.Number, [.. values.Select(value => (object?)value)]);
}
