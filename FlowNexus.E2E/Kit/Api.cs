using System.Text.Json;
using Microsoft.Playwright;

namespace FlowNexus.E2E.Kit;

/// <summary>The product's REST door, for what a journey needs to be there before it begins.</summary>
internal static class Api
{
    /// <summary>Saves an active workflow.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> SaveAsync(this IPage page, string definition) =>
        (await PostAsync(page, "workflows", definition)).GetProperty("workflow_id").GetString()!;

    /// <summary>Starts an execution of it.</summary>
    /// <returns>The execution's id.</returns>
    public static async Task<string> StartAsync(this IPage page, string workflow, string input = "{}") =>
        (await PostAsync(page, $"workflows/{workflow}/execute", $$"""{"input_data":{{input}}}""")).GetProperty("execution_id").GetString()!;

    private static async Task<JsonElement> PostAsync(IPage page, string path, string json)
    {
        var answer = await page.APIRequest.PostAsync($"/api/v1/{path}", new APIRequestContextOptions { DataString = json, Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" } });
        Assert.True(answer.Ok, $"{path}: {answer.Status} {await answer.TextAsync()}");
        return (await answer.JsonAsync())!.Value;
    }
}
