using Bunit;
using FlowNexus.Engine.Executions;
using FlowNexus.Web.Ui.Status;

namespace FlowNexus.Tests.Web.Ui.Status;

public sealed class StatusChipTests : UiTest
{
    public static TheoryData<string> EveryStatus() =>
    [
        .. Enum.GetValues<ExecutionStatus>().Select(status => status.Word())
            .Union(Enum.GetValues<StepStatus>().Select(status => status.Word())),
    ];

    [Theory]
    [MemberData(nameof(EveryStatus))]
    public void Chip_OfEachStatus_HasIconAndWord(string status)
    {
        var chip = Render<StatusChip>(p => p.Add(c => c.Status, status));

        Assert.NotEmpty(chip.FindAll("svg > g"));
        Assert.Equal(status.Replace('_', ' '), chip.Find("[data-status]").TextContent.Trim().ToLowerInvariant());
    }

    [Fact]
    public void Statuses_OfExecutions_DifferInIconNotOnlyInColour()
    {
        var icons = Enum.GetValues<ExecutionStatus>().Select(status => StatusLook.Of(status.Word()).Icon).ToList();

        Assert.Equal(icons.Count, icons.Distinct().Count());
    }

    [Fact]
    public void Word_Unknown_IsShownAsItIs() => Assert.Equal("half done", StatusLook.Of("half_done").Title);
}
