using System.Text.RegularExpressions;
using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

/// <summary>The canvas by itself, with the smallest page behind it.</summary>
public sealed class CanvasTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task Drag_OfABox_IsOneEditThatUndoTakesBack()
    {
        var (page, canvas) = await DraftAsync();
        var place = await canvas.Box("alert").EvaluateAsync<string>("box => box.style.transform");
        var before = await CanvasBoard.MiddleAsync(canvas.Box("alert"));

        await canvas.DragByAsync(canvas.Box("alert"), 0, 90);
        await Expect(canvas.Said).ToHaveTextAsync("MoveBoxes. 9 boxes, 9 connections");
        var moved = await CanvasBoard.MiddleAsync(canvas.Box("alert"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(canvas.Said).ToContainTextAsync("Undone");

        Assert.InRange(moved.Y - before.Y, 60, 120);
        await Expect(canvas.Box("alert")).ToHaveAttributeAsync("style", new Regex(Regex.Escape(place)));
    }

    [Fact, Trait("Category", "Soak")]
    public async Task Connection_DroppedAnywhereOnABox_ConnectsIt()
    {
        var (_, canvas) = await DraftAsync();

        await canvas.DragAsync(canvas.WayOut("alert"), canvas.Box("report"), down: 8);

        await Expect(canvas.Connection("alert", "report")).ToHaveCountAsync(1);
        await Expect(canvas.Said).ToHaveTextAsync("Connect. 9 boxes, 10 connections");
    }

    [Fact]
    public async Task Connection_ThatClosesACircle_IsRefusedWithTheCircle()
    {
        var (page, canvas) = await DraftAsync();

        await canvas.DragAsync(canvas.WayOut("report"), canvas.Box("heavy_processing"), right: 20, down: 8);

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "report → heavy_processing → approval → report" }).First).ToBeAttachedAsync();
        await Expect(canvas.Connection("report", "heavy_processing")).ToHaveCountAsync(0);
    }

    [Fact, Trait("Category", "Soak")]
    public async Task Connection_DroppedOnEmptyGround_AddsAStepThere()
    {
        var (_, canvas) = await DraftAsync();

        await canvas.DragByAsync(canvas.WayOut("alert"), 60, 110);

        await Expect(canvas.Connection("alert", "new_step_9")).ToHaveCountAsync(1);
    }

    [Fact, Trait("Category", "Soak")]
    public async Task PaletteStep_DroppedOnAConnection_IsInsertedThere()
    {
        var (page, canvas) = await DraftAsync();
        var (fromX, fromY) = await CanvasBoard.MiddleAsync(canvas.Box("heavy_processing"));
        var (toX, toY) = await CanvasBoard.MiddleAsync(canvas.Box("approval"));
        var board = await canvas.Board.BoundingBoxAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Drag a step" }).DragToAsync(canvas.Board, new()
        {
            TargetPosition = new() { X = (fromX + toX) / 2 - board!.X, Y = (fromY + toY) / 2 - board.Y },
        });

        await Expect(canvas.Connection("heavy_processing", "new_step_9")).ToHaveCountAsync(1);
        await Expect(canvas.Connection("new_step_9", "approval")).ToHaveCountAsync(1);
        await Expect(canvas.Connection("heavy_processing", "approval")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keyboard_Alone_WalksConnectsRenamesAndDeletes()
    {
        var (page, canvas) = await DraftAsync();
        await canvas.Box("Mon 09:00").FocusAsync();

        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(canvas.Box("data_extraction")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Step to connect to" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("alert");
        await page.Keyboard.PressAsync("Enter");
        await Expect(canvas.Connection("data_extraction", "alert")).ToHaveCountAsync(1);
        await Expect(canvas.Box("data_extraction")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("F2");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "New name of data_extraction" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("load");
        await page.Keyboard.PressAsync("Enter");
        await Expect(canvas.Box("load")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(canvas.Box("check_size")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Delete");
        await Expect(canvas.Box("check_size")).ToHaveCountAsync(0);
        await Expect(canvas.Said).ToContainTextAsync("8 boxes");
    }

    [Fact, Trait("Category", "Soak")]
    public async Task ContextMenu_ByKeyboard_OffersTheSameActs()
    {
        var (page, canvas) = await DraftAsync();
        await canvas.Box("check_size").FocusAsync();

        await page.Keyboard.PressAsync("Shift+F10");
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Open" })).ToBeFocusedAsync();
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Disconnect from fetch_orders" }).ClickAsync();

        await Expect(canvas.Connection("check_size", "fetch_orders")).ToHaveCountAsync(0);
    }

    [Fact, Trait("Category", "Soak")]
    public async Task Everything_LaidOut_IsOneEdit()
    {
        var (page, canvas) = await DraftAsync();

        await canvas.DragByAsync(canvas.Box("alert"), 0, 90);
        await Expect(canvas.Said).ToContainTextAsync("MoveBoxes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lay out" }).ClickAsync();

        await Expect(canvas.Said).ToHaveTextAsync("LayOut. 9 boxes, 9 connections");
    }

    [Fact, Trait("Category", "Soak")]
    public async Task Group_Collapsed_HidesItsStepsAndKeepsTheConnections()
    {
        var (page, canvas) = await DraftAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Collapse Finish" }).ClickAsync();

        await Expect(canvas.Box("approval")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Expand Finish" })).ToBeVisibleAsync();
        await Expect(canvas.Connection("heavy_processing", "approval")).ToHaveCountAsync(1);
    }

    [Fact, Trait("Category", "Soak")]
    public async Task ReadOnly_KeysAndDrags_ChangeNothing()
    {
        var (page, canvas) = await DraftAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Read only" }).ClickAsync();
        await Expect(canvas.Box("alert").Locator(".react-flow__handle")).ToHaveCountAsync(0);
        var before = await CanvasBoard.MiddleAsync(canvas.Box("alert"));

        await canvas.DragByAsync(canvas.Box("alert"), 0, 90);
        await canvas.Box("alert").FocusAsync();
        await page.Keyboard.PressAsync("Delete");
        await page.Keyboard.PressAsync("Enter");

        await Expect(canvas.Said).ToHaveTextAsync("alert");
        await Expect(canvas.Box("alert")).ToHaveCountAsync(1);
        Assert.Equal(9, await canvas.Connections.CountAsync());
        Assert.True(before.X > 0);
    }

    private async Task<(IPage Page, CanvasBoard Canvas)> DraftAsync()
    {
        var page = await OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var canvas = new CanvasBoard(page, "Draft");
        await canvas.GoAsync("/dev/canvas?view=draft");
        return (page, canvas);
    }
}
