using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace FlowNexus.E2E.Kit;

internal static class Accessibility
{
    private static readonly string[] Grave = ["serious", "critical"];

    /// <summary>No serious and no critical finding of axe on what is shown now.</summary>
    public static async Task AssertAccessibleAsync(this IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var found = result.Violations
            .Where(violation => Grave.Contains(violation.Impact))
            .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id} ({violation.Impact}): {violation.Help}\n    {node.Html}\n    {node.Any.FirstOrDefault()?.Message}"));
        if (string.Join('\n', found) is { Length: > 0 } list) Assert.Fail(list);
    }
}
