using System.Globalization;
using System.Text;
using CsCheck;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Agents.BuiltIn.Tables;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData("1,2,-3", ColumnKind.Integer)]
    [InlineData("1,2.5,1e3", ColumnKind.Number)]
    [InlineData("1,007", ColumnKind.Text)]
    [InlineData("+4912345,2", ColumnKind.Text)]
    [InlineData("true,False,TRUE", ColumnKind.Boolean)]
    [InlineData("yes,no", ColumnKind.Text)]
    [InlineData("2024-01-01,2024-02-03T10:00:00Z", ColumnKind.Date)]
    [InlineData("13/02/2024,01/02/2024", ColumnKind.Date)]
    [InlineData("2024-02-30,2024-01-01", ColumnKind.Text)]
    [InlineData("1,N/A,3", ColumnKind.Integer)]
    [InlineData("N/A,-", ColumnKind.Text)]
    public void Kind_OfTexts_IsTheStrictestThatHoldsAll(string values, ColumnKind kind) =>
        Assert.Equal(kind, TextInference.Kind(values.Split(','), out _));

    [Fact]
    public void SlashDates_WithADayOverTwelve_AreDayFirst()
    {
        var column = TextInference.Column("d", ["13/02/2024", "01/02/2024"]);
        Assert.Equal(new DateTime(2024, 2, 1), column.Values[1]);
    }

    [Fact]
    public void WriteThenRead_AnyTable_IsTheSame()
    {
        var text = Gen.String[Gen.Char[" ,;\"'abÄ\n\r\tß=0"], 1, 8].Where(value => !string.IsNullOrEmpty(value));
        var row = Gen.Select(text.Null(), Gen.Double[-1e9, 1e9].Nullable(), Gen.Long.Nullable(), Gen.Bool.Nullable(), Gen.Int[0, 800_000].Nullable());
        row.Array[1, 30].Sample(rows =>
        {
            var table = new Table("t",
            [
                new Column("text", ColumnKind.Text, [.. rows.Select(cells => (object?)cells.Item1)]),
                new Column("number", ColumnKind.Number, [.. rows.Select(cells => (object?)cells.Item2)]),
                new Column("whole, \"quoted\"", ColumnKind.Integer, [.. rows.Select(cells => (object?)cells.Item3)]),
                new Column("flag", ColumnKind.Boolean, [.. rows.Select(cells => (object?)cells.Item4)]),
                new Column("date", ColumnKind.Date, [.. rows.Select(cells => cells.Item5 is { } minutes ? (object?)DateTime.UnixEpoch.AddMinutes(minutes) : null)]),
            ]);
            using var stream = new MemoryStream();
            CsvTable.WriteAsync(table, stream, CancellationToken.None).GetAwaiter().GetResult();
            stream.Position = 0;
            var kinds = table.Columns.ToDictionary(column => column.Name, column => column.Kind);
            var read = CsvTable.ReadAsync(stream, "t", TableLimits.Default, kinds, CancellationToken.None).GetAwaiter().GetResult();
            return table.Columns.Zip(read.Columns).All(pair => pair.First.Name == pair.Second.Name && pair.First.Values.SequenceEqual(pair.Second.Values));
        });
    }

    [Fact]
    public async Task Read_OneColumnWithGaps_KeepsTheRows()
    {
        var table = new Table("t", [new Column("a", ColumnKind.Integer, [1L, null, 3L])]);
        using var stream = new MemoryStream();
        await CsvTable.WriteAsync(table, stream, TestContext.Current.CancellationToken);
        stream.Position = 0;
        var read = await CsvTable.ReadAsync(stream, "t", TableLimits.Default, kinds: null, TestContext.Current.CancellationToken);
        Assert.Equal([1L, null, 3L], read.Columns[0].Values);
    }

    [Theory]
    [InlineData("a,b\n1,2,3\n", "values for 2 columns")]
    [InlineData("", "is empty")]
    [InlineData("a\n1\n2\n3\n4\n5\n6\n", "more than 5 rows")]
    public async Task Read_WrongInput_SaysWhatIsWrong(string csv, string message)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(csv, new TableLimits(5, 5, 1000)));
        Assert.Equal(ProblemCodes.InvalidInputData, problem.Problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_TooManyBytes_IsRefused()
    {
        var csv = "a\n" + string.Join('\n', Enumerable.Range(0, 1000).Select(row => row.ToString(CultureInfo.InvariantCulture)));
        await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(csv, new TableLimits(10_000, 5, 1000)));
    }

    private static Task<Table> ReadAsync(string csv, TableLimits limits) =>
        CsvTable.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "file", limits, kinds: null, TestContext.Current.CancellationToken);
}
