using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace FlowNexus.E2E.Kit;

internal static class Accessibility
{
    private static readonly string[] Grave = ["serious", "critical"];

    /// <summary>No serious and no critical finding of axe on what is shown now.</summary>
    /// <param name="coloursOnly">For a further theme of a page that was looked at whole: nothing else differs.</param>
    public static async Task AssertAccessibleAsync(this IPage page, bool coloursOnly = false)
    {
        var options = new AxeRunOptions { ResultTypes = [ResultType.Violations] };
        if (coloursOnly) options.RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] };
        var result = await page.RunAxe(options);
        var found = result.Violations
            .Where(violation => Grave.Contains(violation.Impact))
            .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id} ({violation.Impact}): {violation.Help}\n    {node.Html}\n    {node.Any.FirstOrDefault()?.Message}"));
        if (string.Join('\n', found) is { Length: > 0 } list) Assert.Fail(list);
    }
}
