using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Tests.Workflows.Drafts;

public sealed class DraftEditTests
{
    [Fact]
    public void Definition_OpenedAndWrittenAgain_IsTheSameText()
    {
        const string text = """{"description":"d","steps":[{"type":"transform","name":"a","value":1.50,"x":{"y":null}}],"name":"w","extra":[1]}""";
        Assert.Equal(text, Documents.Of(text).Json());
        Assert.Equal(Documents.Of(text), DraftJson.Read(DraftJson.Write(Documents.Of(text))));
    }

    [Fact]
    public void StepThatIsOnlyAText_BecomesTheStepItStandsFor()
    {
        var document = DraftDocument.Of((JsonObject)JsonNode.Parse("""{"name":"w","steps":["Fetch the data","Fetch the data"]}""")!, new Dictionary<string, string>(), Documents.Now);
        Assert.Equal(["fetch_the_data", "fetch_the_data_2"], document.Steps.Select(step => step.Name));
        Assert.Equal("Fetch the data", (string)document.Steps[0].Source["description"]!);
    }

    [Fact]
    public void Rename_EveryReferenceFollows()
    {
        var document = Documents.Of("""
            {"name":"w","steps":[
              {"name":"a b","type":"transform","value":1},
              {"name":"c","type":"conditional","depends_on":["a b"],"conditions":[{"if":"steps[\"a b\"].output > 0","then":"d","else":"a b"}],"on_error":"a b"},
              {"name":"d","type":"transform","depends_on":["c"],"set":{"x":"{{ steps['a b'].output }} and {{ steps.c.output }}","note":"steps of a b"},"description":"uses steps.c.output"},
              {"name":"e","type":"switch","config":{"cases":[{"equals":1,"then":["a b","d"]}],"default":"a b"},"depends_on":[]}
            ]}
            """);
        var renamed = document.Rename("a b", "start").Rename("c", "check it");
        Assert.DoesNotContain("a b\"", renamed.Json().Replace("steps of a b", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("""{"name":"check it","type":"conditional","depends_on":["start"],"conditions":[{"if":"steps.start.output > 0","then":"d","else":"start"}],"on_error":"start"}""", renamed.Json("c"));
        Assert.Equal("""{"name":"d","type":"transform","depends_on":["check it"],"set":{"x":"{{ steps.start.output }} and {{ steps[\"check it\"].output }}","note":"steps of a b"},"description":"uses steps.c.output"}""", renamed.Json("d"));
        Assert.Equal("""{"name":"e","type":"switch","config":{"cases":[{"equals":1,"then":["start","d"]}],"default":"start"},"depends_on":[]}""", renamed.Json("e"));
    }

    [Fact]
    public void Rename_NameThatBeginsAlike_StaysAsItIs()
    {
        var document = Documents.Of("""{"name":"w","steps":[{"name":"a","type":"transform","value":1},{"name":"ab","type":"transform","value":"{{ steps.ab.output + steps.a.output }}"}]}""");
        Assert.Contains("{{ steps.ab.output + steps.z.output }}", document.Rename("a", "z").Json(), StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_InListedOrder_WritesTheOrderOutFirst()
    {
        var document = Documents.Of("""{"name":"w","steps":[{"name":"a","type":"end"},{"name":"b","type":"end"},{"name":"c","type":"end"}]}""").Connect("a", null, "c");
        Assert.Equal("""{"name":"c","type":"end","depends_on":["b","a"]}""", document.Json("c"));
        Assert.Equal("""{"name":"a","type":"end","depends_on":[]}""", document.Json("a"));
    }

    [Fact]
    public void WrittenOut_StepAfterAlternatives_FollowsAllOfThem()
    {
        var document = Documents.Of("""
            {"name":"w","steps":[{"name":"q","type":"conditional","conditions":[{"if":"true","then":"x","else":"y"}]},{"name":"x","type":"end"},{"name":"y","type":"end"},{"name":"z","type":"end"}]}
            """).WrittenOut();
        Assert.Equal(["[]", "[]", "[]", """["x","y"]"""], document.Steps.Select(step => step.Source["depends_on"]!.ToJsonString()));
    }

    [Fact]
    public void Disconnect_OfEachKindOfEdge_TakesOnlyThatEdgeAway()
    {
        var document = Documents.Of("""
            {"name":"w","steps":[
              {"name":"a","type":"conditional","depends_on":[],"conditions":[{"if":"true","then":"b","else":"c"}],"on_error":"c"},
              {"name":"b","type":"end","depends_on":["a"]},
              {"name":"c","type":"end","path":"late"},
              {"name":"s","type":"switch","depends_on":["a"],"cases":[{"equals":1,"then":["b","late"]}],"default":"b"}
            ]}
            """);
        Assert.DoesNotContain("else", document.Disconnect("a", "if:0:else", "c").Json("a"), StringComparison.Ordinal);
        Assert.DoesNotContain("on_error", document.Disconnect("a", "error", "c").Json("a"), StringComparison.Ordinal);
        Assert.Contains("""{"equals":1,"then":["b"]}""", document.Disconnect("s", "case:0", "c").Json("s"), StringComparison.Ordinal);
        Assert.DoesNotContain("default", document.Disconnect("s", "default", "b").Json("s"), StringComparison.Ordinal);
        Assert.Equal("""{"name":"b","type":"end","depends_on":[]}""", document.Disconnect("a", null, "b").Json("b"));
    }

    [Fact]
    public void Insert_OnABranch_KeepsThePort()
    {
        var document = Documents.Of("""{"name":"w","steps":[{"name":"a","type":"conditional","depends_on":[],"conditions":[{"if":"true","then":"b"}]},{"name":"b","type":"end","depends_on":[]}]}""")
            .Add("m", "delay", "wait").Insert("a", "if:0:then", "b", "m");
        Assert.Contains("\"then\":\"wait\"", document.Json("a"), StringComparison.Ordinal);
        Assert.Contains("""depends_on":["wait"]""", document.Json("b"), StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_TakesReferencesAndPlacesAlong()
    {
        var document = Documents.Of("""{"name":"w","steps":[{"name":"a","type":"end"},{"name":"b","type":"end","depends_on":["a"],"on_error":"a"}]}""").Place("a", new DraftPoint(1, 2));
        var left = document.Remove(["a"]);
        Assert.Equal("""{"name":"w","steps":[{"name":"b","type":"end"}]}""", left.Json());
        Assert.Empty(left.Layout.Positions);
    }

    [Fact]
    public void Paste_RenamesKeepsInnerLinksAndLeavesSecretsBehind()
    {
        var document = Documents.Of("""
            {"name":"w","steps":[{"name":"a","type":"http_request","url":"http://x","headers":{"Authorization":"Bearer abc","X-Api-Key":"{{ secrets.K }}"}},
              {"name":"b","type":"transform","depends_on":["a"],"value":"{{ steps.a.output }}"},{"name":"c","type":"end","depends_on":["b"]}]}
            """).Place("a", new DraftPoint(10, 20)).Place("b", new DraftPoint(300, 20));
        var clip = DraftClip.Copy(document, ["a", "b", "c"]);
        Assert.DoesNotContain("abc", clip, StringComparison.Ordinal);
        var (pasted, ids) = DraftClip.Paste(document, DraftClip.Copy(document, ["b", "a"]), new DraftPoint(0, 100), Documents.Now)!.Value;
        Assert.Equal("""{"name":"a_2","type":"http_request","url":"http://x","headers":{"X-Api-Key":"{{ secrets.K }}"},"depends_on":[]}""", pasted.Json(ids[0]));
        Assert.Equal("""{"name":"b_2","type":"transform","depends_on":["a_2"],"value":"{{ steps.a_2.output }}"}""", pasted.Json(ids[1]));
        Assert.Equal(new DraftPoint(290, 100), pasted.Layout.Positions[ids[1]]);
        Assert.Null(DraftClip.Paste(document, "no steps", new DraftPoint(0, 0), Documents.Now));
    }

    [Fact]
    public void SetSetting_GoesWhereTheStepHasItsSettings()
    {
        var document = Documents.Of("""{"name":"w","steps":[{"name":"n","type":"neural","config":{"epochs":3}},{"name":"d","type":"delay"}]}""");
        Assert.Equal("""{"name":"n","type":"neural","config":{"epochs":3,"seed":7}}""", document.SetSetting("n", ["seed"], 7).Json("n"));
        Assert.Equal("""{"name":"d","type":"delay","duration":"5m"}""", document.SetSetting("d", ["duration"], "5m").Json("d"));
        Assert.Equal("""{"name":"n","type":"neural","config":{}}""", document.SetSetting("n", ["epochs"], null).Json("n"));
    }
}
