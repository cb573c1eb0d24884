using Bunit;
using FlowNexus.Web.Ui.Feedback;

namespace FlowNexus.Tests.Web.Ui.Feedback;

public sealed class ErrorPanelTests : UiTest
{
    [Fact]
    public void Panel_WithAllParts_ShowsThemInOrder()
    {
        var panel = Render<ErrorPanel>(p => p.Add(e => e.What, "It failed.").Add(e => e.Why, "No rows.").Add(e => e.WhatToDo, "Add rows.").Add(e => e.Code, "NO_DATA"));

        Assert.Equal(["It failed.", "No rows.", "Add rows."], panel.FindAll("p").Select(part => part.TextContent));
        Assert.Equal("NO_DATA", panel.Find("code").TextContent);
    }

    [Fact]
    public void Progress_OutOfBounds_IsClamped()
    {
        var bar = Render<ProgressBar>(p => p.Add(b => b.Value, 1.4));

        Assert.Equal("100", bar.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
    }
}
