using Bunit;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Tests.Web.Ui;
using FlowNexus.Web.Features.Executions;

namespace FlowNexus.Tests.Web.Features.Executions;

public sealed class ArtifactListTests : UiTest
{
    [Fact]
    public void File_ThatIsKept_IsOffered()
    {
        var list = Show(retained: true);

        Assert.Equal("/api/v1/artifacts/artifact_1", list.Find("a[download]").GetAttribute("href"));
        Assert.NotNull(list.Find("button"));
    }

    [Fact]
    public void File_ThatRetentionTook_IsNamedButNotOffered()
    {
        var list = Show(retained: false);

        Assert.Contains("report.html", list.Markup, StringComparison.Ordinal);
        Assert.Contains("Deleted by retention", list.Markup, StringComparison.Ordinal);
        Assert.Empty(list.FindAll("a, button"));
    }

    private IRenderedComponent<ArtifactList> Show(bool retained) => Render<ArtifactList>(p => p.Add(list => list.Artifacts,
        [new ArtifactView("artifact_1", "exec_1", "report", "report.html", "text/html", 12, "00", DateTimeOffset.UnixEpoch, retained)]));
}
