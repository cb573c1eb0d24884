using FlowNexus.Engine.Access;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Storage;

/// <summary>What is sorted and searched comes out the same on both stores.</summary>
public abstract class ReadOrderTests(Store store) : StoreTest(store)
{
    private static readonly string[] Names = ["beta", "Alpha", "alpha", "Zulu", "ärger", "Ärger", "10 percent", "100%", "under_score", "émigré", "_first", "-dash"];

    [Fact]
    public async Task Names_SortByTheirBytes()
    {
        var found = await FindAsync(new WorkflowFilter { SortBy = "name", Order = "asc", Limit = 100 });
        Assert.Equal(Names.OrderBy(name => name, Comparer<string>.Create((a, b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b)))), found);
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task WorkflowsThatNeverRan_SortAsTheOldest(string order)
    {
        var found = await FindAsync(new WorkflowFilter { SortBy = "last_executed", Order = order, Limit = 100 });
        Assert.Equal("beta", order == "asc" ? found[^1] : found[0]);
    }

    [Theory]
    [InlineData("ALPHA", new[] { "Alpha", "alpha" })]
    [InlineData("ärger", new[] { "ärger" })]
    [InlineData("100%", new[] { "100%" })]
    [InlineData("r_s", new[] { "under_score" })]
    [InlineData("ÉMIGRÉ", new string[0])]
    [InlineData("al\0pha", new string[0])]
    [InlineData("\ud83d", new string[0])]
    [InlineData("éMIGRé", new[] { "émigré" })]
    public async Task Search_FoldsTheCaseOfLatinLettersOnly(string text, string[] expected) =>
        Assert.Equal(expected, await FindAsync(new WorkflowFilter { Search = text, SortBy = "name", Order = "asc" }));

    private async Task<List<string>> FindAsync(WorkflowFilter filter)
    {
        var transition = new Transition();
        for (var i = 0; i < Names.Length; i++)
        {
            var id = $"workflow_{i:00}";
            transition.Insert(Tables.Workflows, new WorkflowRow { Id = id, Name = Names[i], Status = "active", Priority = "5", CreatedBy = "u", CreatedAt = i });
        }

        transition.Count("workflow_00", startedAt: 5, finished: null);
        await Database.Engine.Journal.CommitAsync(transition);
        return [.. (await new FindWorkflows(Database.Engine).RunAsync(Principal.LocalOwner, filter)).Workflows.Select(row => row.Name)];
    }
}

public sealed class SqliteReadOrderTests() : ReadOrderTests(Store.Sqlite);

public sealed class PostgresReadOrderTests() : ReadOrderTests(Store.Postgres);
