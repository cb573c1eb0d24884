using CsCheck;
using FlowNexus.Web.Ui.Lists;

namespace FlowNexus.Tests.Web.Ui.Lists;

public sealed class ListQueryTests
{
    private static readonly string[] Known = ["queued", "running", "failed"];

    [Fact]
    public void Query_WrittenAndRead_IsTheSame() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 12], Gen.Shuffle(Known).Select(all => all[..2]), Gen.Int[1, 900])
            .Sample((text, statuses, page) =>
            {
                var query = new ListQuery { Text = text, Statuses = statuses, Page = page };
                var read = ListQuery.Read(query.Href("/executions"), Known);
                return read.Text == query.Text && read.Statuses.SequenceEqual(query.Statuses) && read.Page == query.Page;
            });

    [Fact]
    public void Address_WithNonsense_IsReadAsFarAsItMakesSense()
    {
        var query = ListQuery.Read("http://127.0.0.1/executions?q=a%26b&status=running,nonsense,running&page=-3#x", Known);

        Assert.Equal("a&b", query.Text);
        Assert.Equal(["running"], query.Statuses);
        Assert.Equal(1, query.Page);
    }

    [Fact]
    public void Filter_Changed_BeginsAtTheFirstPage()
    {
        var query = new ListQuery { Page = 7 };

        Assert.Equal(1, query.WithText("x").Page);
        Assert.Equal(1, query.Toggle("failed").Page);
        Assert.Empty(query.Toggle("failed").Toggle("failed").Statuses);
    }

    [Fact]
    public void Query_OfEverything_LeavesTheAddressBare() => Assert.Equal("/executions", new ListQuery().Href("/executions"));
}
