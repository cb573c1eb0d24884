using System.Text.RegularExpressions;
using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

/// <summary>Drawing: from nothing to a workflow that runs, and never losing any of it.</summary>
public sealed class DesignerTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Workflow_DrawnFromNothing_RunsAndIsActivated()
    {
        var page = await OpenAsync();
        var designer = await DesignerPage.NewAsync(page, "Drawn by hand");
        await designer.AddAsync("transform", "transform");
        await designer.AddAsync("delay", "wait");
        await designer.FillAsync("Duration", "1s");
        await Expect(designer.Connection("transform", "wait")).ToHaveCountAsync(1);
        await page.PictureAsync("designer-drawn");

        await designer.RunAsync("Completed");
        await Expect(designer.Box("wait")).ToHaveAccessibleNameAsync(new Regex("completed"));
        await page.PictureAsync("designer-ran");
        await page.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Expect(designer.State).ToHaveTextAsync("active");
    }

    [Fact]
    public async Task FailingWorkflow_IsMendedWhereItFailed_AndRunsAgain()
    {
        var page = await OpenAsync();
        var designer = await DesignerPage.NewAsync(page, "Fails at first");
        await designer.AddAsync("transform", "transform");
        await designer.ShowAsync("Code");
        await designer.Code.FillAsync("name: Fails at first\nsteps:\n  # the sum\n  - name: transform\n    type: transform\n    value: \"{{ input.missing + 1 }}\"\n");
        await designer.RunAsync("Failed");
        await Expect(designer.LastRun).ToContainTextAsync("missing");

        await designer.ShowAsync("Code");
        await Expect(designer.Code).ToContainTextAsync("# the sum");
        await designer.Code.FillAsync("name: Fails at first\nsteps:\n  # the sum\n  - name: transform\n    type: transform\n    value: \"{{ 41 + 1 }}\"\n");
        await designer.RunAsync("Completed");
    }

    [Fact]
    public async Task Undo_OfEverything_LeadsBackToTheStart_AndRedoBackAgain()
    {
        var page = await OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var designer = await DesignerPage.NewAsync(page, "Storm");
        for (var i = 0; i < 8; i++) await designer.AddAsync("transform", i == 0 ? "transform" : $"transform_{i + 1}");
        await designer.ShowAsync("Outline");
        await Expect(designer.Outline).ToHaveCountAsync(8);
        await designer.Board.Locator(".react-flow__pane").ClickAsync(new() { Position = new() { X = 20, Y = 20 } });
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.PressAsync("Delete");
        await Expect(designer.Outline).ToHaveCountAsync(0);

        for (var left = 8; left >= 0; left--)
        {
            await designer.Undo.ClickAsync();
            await Expect(designer.Outline).ToHaveCountAsync(left);
        }

        await designer.Undo.ClickAsync();
        await Expect(designer.Undo).ToBeDisabledAsync();
        await Expect(designer.Outline).ToHaveCountAsync(0);
        var redo = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Redo") });
        for (var i = 0; i < 9; i++) await redo.ClickAsync();
        await Expect(designer.Outline).ToHaveCountAsync(8);
    }

    [Fact]
    public async Task Typing_ThenTheProgramKilled_IsThereAfterTheReload()
    {
        var folder = Directory.CreateTempSubdirectory("flownexus-e2e-").FullName;
        try
        {
            var product = await RunningProduct.StartAsync(folder);
            var page = await OpenAsync();
            await page.GotoAsync(new Uri(product.Address, "/workflows/new").ToString());
            await Expect(page).ToHaveURLAsync(DesignerPage.New, new() { Timeout = 15_000 });
            var designer = new DesignerPage(page);
            await designer.Board.WaitForAsync();
            await designer.AddAsync("transform", "transform");
            await designer.Inspector.GetByLabel("What it does").PressSequentiallyAsync("Every word of this stays");
            await designer.SavedAsync();
            await Expect(designer.Undo).ToHaveAccessibleNameAsync(new Regex("description"));
            await designer.SavedAsync();
            var path = new Uri(page.Url).PathAndQuery;
            await product.KillAsync();

            await using var again = await RunningProduct.StartAsync(folder);
            await page.GotoAsync(new Uri(again.Address, path).ToString());
            await designer.Board.WaitForAsync();
            await designer.Box("transform").ClickAsync();
            await Expect(designer.Inspector.GetByLabel("What it does")).ToHaveValueAsync("Every word of this stays");
            await page.CloseAsync();
            Forgive(_ => true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task TwoEditors_AtOneWorkflow_SeeEachOthersStepsAndKeepBoth()
    {
        var page = await OpenAsync();
        var mine = await DesignerPage.NewAsync(page, "Together");
        await mine.AddAsync("transform", "transform");
        await mine.SavedAsync();
        var otherPage = await OpenAsync();
        var theirs = new DesignerPage(otherPage);
        await theirs.OpenAsync(new Uri(page.Url).AbsolutePath);

        await mine.RenameAsync("first");
        await Expect(theirs.Box("first")).ToBeVisibleAsync();
        await theirs.AddAsync("delay", "wait");
        await Expect(mine.Box("wait")).ToBeVisibleAsync();
        await mine.Undo.ClickAsync();
        await Expect(mine.Box("transform")).ToBeVisibleAsync();
        await Expect(theirs.Box("transform")).ToBeVisibleAsync();
        await Expect(theirs.Box("wait")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Steps_CopiedFromOneWorkflow_ArePastedIntoAnother()
    {
        var page = await OpenAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var from = await DesignerPage.NewAsync(page, "From");
        await from.AddAsync("transform", "transform");
        await from.AddAsync("delay", "wait");
        await from.Box("wait").ClickAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.PressAsync("Control+c");
        await Expect(page.GetByText("Copied 2 items.")).ToHaveCountAsync(1);

        var into = await DesignerPage.NewAsync(page, "Into");
        await into.AddAsync("transform", "transform");
        await into.Box("transform").ClickAsync();
        await page.Keyboard.PressAsync("Control+v");
        await Expect(into.Connection("transform_2", "wait")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Problem_FixedByOneClick_IsGone()
    {
        var page = await OpenAsync();
        var designer = await DesignerPage.NewAsync(page, "With a slip");
        await designer.ShowAsync("Code");
        await designer.Code.FillAsync("name: With a slip\nsteps:\n  - name: extract\n    type: transform\n    value: 1\n  - name: use\n    type: transform\n    value: 2\n    depends_on: [extrakt]\n");
        await Expect(designer.Box("use")).ToBeVisibleAsync();
        await designer.ShowAsync("Problems");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use 'extract'" }).ClickAsync();
        await Expect(designer.Problems).ToHaveCountAsync(0);
        await Expect(designer.Connection("extract", "use")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Versions_AreComparedOnTheCanvas_AndRestored()
    {
        var page = await OpenAsync();
        var designer = await DesignerPage.NewAsync(page, "With a past");
        await designer.AddAsync("transform", "transform");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(designer.State).ToHaveTextAsync("draft");
        await designer.AddAsync("delay", "wait");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.GetByText("1 step added, 1 changed").Or(page.GetByText("1 step added"))).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Restore version 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(page.GetByText("restored from version 1")).ToBeVisibleAsync();
        await page.PictureAsync("history");
        await page.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData("light", 1440)]
    [InlineData("dark", 390)]
    public async Task Designer_InEachThemeAndWidth_HasNoBarrier(string theme, int width)
    {
        var page = await OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = width, Height = 844 } });
        await page.Context.AddCookiesAsync([new() { Name = "fn-theme", Value = theme, Url = Address.ToString() }]);
        await new ShellPage(page).GoAsync("/workflows");
        var link = await page.GetByRole(AriaRole.Link, new() { Name = "Customer analytics report", Exact = true }).First.GetAttributeAsync("href");
        var designer = new DesignerPage(page);
        await designer.OpenAsync($"{new Uri(Address, link).AbsolutePath}/design");
        await Expect(designer.Box("data_processing")).ToBeAttachedAsync();
        await page.PictureAsync($"designer-{theme}-{width}");
        await page.AssertAccessibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }
}
