using System.Text.RegularExpressions;
using FlowNexus.E2E.Kit;
using FlowNexus.E2E.Pages;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlowNexus.E2E.Journeys;

/// <summary>The first workflow of the specification, drawn, run and debugged by somebody who has no mouse.</summary>
public sealed class KeyboardTests(Stage stage) : BrowserTest(stage)
{
    private const int FarthestTab = 120;

    [Fact]
    public async Task FirstWorkflow_IsBuiltRunAndDebugged_WithKeysAlone()
    {
        var page = await OpenAsync();
        await new ShellPage(page).GoAsync("/workflows");
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "New workflow" }).First);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(DesignerPage.New, new() { Timeout = 15_000 });
        var designer = new DesignerPage(page);
        await designer.Board.WaitForAsync();

        await TabToAsync(page, designer.Inspector.GetByLabel("Name", new() { Exact = true }));
        await TypeAsync(page, "Data Processing Pipeline");
        await page.Keyboard.PressAsync("Tab");
        await TypeAsync(page, "Process and analyze customer data");
        await TabToAsync(page, designer.Inspector.GetByRole(AriaRole.Tab, new() { Name = "Workflow" }), back: true);
        await page.Keyboard.PressAsync("ArrowRight");
        await TabToAsync(page, designer.Inspector.GetByRole(AriaRole.Button, new() { Name = "Schedule" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, designer.Inspector.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Schedule") }).First, back: true);
        await TypeAsync(page, "0 9 * * 1");

        await TabToAsync(page, page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a step" }), back: true);
        await AddAsync(page, designer, "research", "data_extraction", "Extract data from multiple sources");
        await AddAsync(page, designer, "analyse", "data_processing", "Clean and process extracted data");
        await AddAsync(page, designer, "write", "report_generation", "Generate comprehensive reports");
        await page.Keyboard.PressAsync("Shift+Digit1");
        await Expect(designer.Connection("data_extraction", "data_processing")).ToHaveCountAsync(1);
        await Expect(designer.Connection("data_processing", "report_generation")).ToHaveCountAsync(1);

        // A connection of one's own, and back.
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(designer.Box("data_processing")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(designer.Box("data_extraction")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Step to connect to" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("report");
        await page.Keyboard.PressAsync("Enter");
        await Expect(designer.Connection("data_extraction", "report_generation")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Control+z");
        await Expect(designer.Connection("data_extraction", "report_generation")).ToHaveCountAsync(0);
        await page.PictureAsync("designer-keyboard");

        await RunAsync(page, """{"dataset":"no_such_data"}""");
        await Expect(Status(designer)).ToHaveTextAsync("Failed", new() { Timeout = 30_000 });
        await Expect(designer.LastRun).ToContainTextAsync("no_such_data");
        await TabToAsync(page, designer.LastRun.GetByRole(AriaRole.Button, new() { Name = "data_extraction" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(designer.Box("data_extraction")).ToHaveAccessibleNameAsync(new Regex("failed"));
        await Expect(designer.Box("data_extraction")).ToBeFocusedAsync();

        await RunAsync(page, """{"dataset":"customer_analytics","date_range":"2024-Q1","output_format":"pdf"}""");
        await Expect(Status(designer)).ToHaveTextAsync("Completed", new() { Timeout = 60_000 });
        await page.Keyboard.PressAsync("Shift+Digit1");
        await Expect(designer.Box("report_generation")).ToHaveAccessibleNameAsync(new Regex("completed"));
        await page.PictureAsync("designer-keyboard-ran");
    }

    private static ILocator Status(DesignerPage designer) => designer.LastRun.Locator("[data-status]").First;

    private static async Task AddAsync(IPage page, DesignerPage designer, string search, string name, string description)
    {
        await page.Keyboard.TypeAsync(search);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name of the step" })).ToHaveValueAsync(new Regex("^task"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(designer.Box("task")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name of the step" })).ToBeFocusedAsync();
        await TypeAsync(page, name);
        await page.Keyboard.PressAsync("Enter");
        await Expect(designer.Box(name)).ToBeVisibleAsync();
        await TabToAsync(page, designer.Inspector.GetByLabel("What it does", new() { Exact = true }));
        await TypeAsync(page, description);
        await TabToAsync(page, designer.Box(name), back: true);
        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a step" })).ToBeFocusedAsync();
        if (name != "report_generation") return;
        await page.Keyboard.PressAsync("Escape");
        await Expect(designer.Box(name)).ToBeFocusedAsync();
    }

    private static async Task RunAsync(IPage page, string input)
    {
        await page.Keyboard.PressAsync("Control+Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.WaitForAsync();
        await TabToAsync(page, dialog.Locator("textarea, [contenteditable=true]").First);
        await TypeAsync(page, input);
        await TabToAsync(page, dialog.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task TypeAsync(IPage page, string text)
    {
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task TabToAsync(IPage page, ILocator goal, bool back = false)
    {
        await goal.WaitForAsync();
        for (var i = 0; i < FarthestTab; i++)
        {
            if (await goal.EvaluateAsync<bool>("goal => goal === document.activeElement")) return;
            await page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"{goal} cannot be reached with the Tab key.");
    }
}
