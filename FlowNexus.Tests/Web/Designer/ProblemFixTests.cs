using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Tests.Workflows;
using FlowNexus.Web.Features.Designer.Problems;

namespace FlowNexus.Tests.Web.Designer;

public sealed class ProblemFixTests
{
    [Theory]
    [InlineData("""{"name":"w","steps":[{"name":"extract","type":"end"},{"name":"b","type":"end","depends_on":["extrakt"]}]}""", "unknown_step")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"end"},{"name":"a","type":"end"}]}""", "duplicate_name")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"end","depends_on":["b"]},{"name":"b","type":"end","depends_on":["a"]}]}""", "cycle")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"end","depends_on":["a"]}]}""", "self_loop")]
    [InlineData("""{"name":"w","priority":"normal","steps":[{"name":"a","type":"end","retry_atempts":3}]}""", "unknown_field")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"transform","value":1},{"name":"b","type":"transform","depends_on":[],"value":"{{ steps.a.output }}"}]}""", "not_upstream")]
    [InlineData("""{"name":"w","steps":[{"name":"q","type":"conditional","conditions":[{"if":"true","then":"there"}]}]}""", "open_path")]
    [InlineData("""{"name":"w","error_handling":{"on_failure":"contineu"},"steps":[{"name":"a","type":"end"}]}""", "not_allowed")]
    public void FirstFix_DoesAwayWithTheProblem(string definition, string rule)
    {
        var document = DraftDocument.Of((JsonObject)JsonNode.Parse(definition)!, new Dictionary<string, string>(), DateTimeOffset.UnixEpoch);
        var problem = Found(document).First(problem => problem.Detail.Rule == rule);
        var mended = problem.Fixes[0].Edit(document);
        Assert.DoesNotContain(Found(mended), other => other.Detail.Rule == rule);
    }

    [Fact]
    public void UnknownField_WithAWordThatIsMeant_KeepsItsValue()
    {
        var document = DraftDocument.Of((JsonObject)JsonNode.Parse("""{"name":"w","steps":[{"name":"a","type":"end","retry_atempts":3}]}""")!, new Dictionary<string, string>(), DateTimeOffset.UnixEpoch);
        var fix = Found(document).Single(problem => problem.Detail.Rule == "unknown_field").Fixes[0];
        Assert.Equal("Call it 'retry_attempts'", fix.Label);
        Assert.Equal(3, (int)fix.Edit(document).Steps[0].Source["retry_attempts"]!);
    }

    private static IReadOnlyList<DesignProblem> Found(DraftDocument document) =>
        DesignProblem.Of(Catalogues.Read(document.Definition().ToJsonString()), document);
}
