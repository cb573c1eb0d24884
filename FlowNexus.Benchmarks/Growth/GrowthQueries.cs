using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Growth;

/// <summary>Finds out what there is to ask for, then what to ask: nothing that only an empty filter makes fast.</summary>
internal static class GrowthQueries
{
    private const int Samples = 20;

    public static async Task<IReadOnlyList<GrowthQuery>> FindAsync(FlowNexusApi api, int executions, CancellationToken cancellationToken)
    {
        var workflows = await ListAsync("workflows?sort_by=executions_count&order=desc&limit=200", "workflows");
        List<string> often = [.. workflows.Take(5).Select(one => Text(one, "id"))];
        List<string> seldom = [.. workflows.TakeLast(5).Select(one => Text(one, "id"))];

        // From the newest to the oldest, evenly.
        List<JsonNode> sampled = [];
        for (var i = 0; i < Samples; i++) sampled.AddRange(await ListAsync(string.Create(CultureInfo.InvariantCulture, $"executions?limit=1&offset={(long)executions * i / Samples}"), "executions"));
        List<string> ids = [.. sampled.Select(one => Text(one, "execution_id"))];
        List<string> days = [.. sampled.Select(one => Text(one, "created_at"))];
        return
        [
            new("list", "executions, first page", true, ["executions?limit=50"]),
            new("list_page", "executions, a page deep in", true, [.. ids.Select(id => $"executions?limit=50&cursor={id}")]),
            new("list_workflow", "executions of a workflow that runs often", true, [.. often.Select(id => $"executions?limit=50&workflow_id={id}")]),
            new("list_workflow_seldom", "executions of a workflow that runs seldom", true, [.. seldom.Select(id => $"executions?limit=50&workflow_id={id}")]),
            new("list_status", "executions by status", true, [.. Statuses.Select(status => $"executions?limit=50&status={status}")]),
            new("list_workflow_status", "executions of a workflow by status", true, [.. often.SelectMany(id => Statuses.Select(status => $"executions?limit=50&workflow_id={id}&status={status}"))]),
            new("list_trigger", "executions by what started them", true, ["executions?limit=50&triggered_by=schedule", "executions?limit=50&triggered_by=sub_workflow"]),
            new("list_time", "executions of a day", true, [.. days.Select(day => $"executions?limit=50&start_time={Escape(Back(day, 1))}&end_time={Escape(day)}")]),
            new("list_time_status", "failed executions of a month", true, [.. days.Select(day => $"executions?limit=50&status=failed&start_time={Escape(Back(day, 30))}&end_time={Escape(day)}")]),
            new("list_search", "executions, searched by their workflow's name", true, [.. new[] { "billing", "workflow 1", "SECURITY", "no such thing" }.Select(word => $"executions?limit=50&search={Escape(word)}")]),
            new("list_search_id", "executions, searched by id", true, [.. ids.SelectMany(id => new[] { id, id[..16], id["exec_".Length..20] }).Select(word => $"executions?limit=50&search={Escape(word)}")]),
            new("status", "status of an execution", true, [.. ids.Select(id => $"executions/{id}?include_metrics=true")]),
            new("steps", "steps of an execution", false, [.. ids.Select(id => $"executions/{id}/steps")]),
            new("events_execution", "events of an execution", false, [.. ids.Select(id => $"audit?execution_id={id}")]),
            new("events_workflow", "events of a workflow", false, [.. often.Select(id => $"audit?limit=100&workflow_id={id}")]),
            new("events_time", "events of a day", false, [.. days.Select(day => $"audit?limit=100&start_time={Escape(Back(day, 1))}&end_time={Escape(day)}")]),
            new("events_type", "events of a workflow by type", false, [.. often.Select(id => $"audit?limit=100&types=execution_failed&workflow_id={id}")]),
            new("events_all", "events, first page", false, ["audit?limit=100"]),
            new("workflows", "workflows, first page", false, ["workflows?limit=50"]),
            new("queues", "queues with their messages", false, ["queues?include_messages=true"]),
            new("credits", "account and ledger", false, ["credits"]),
        ];

        async Task<List<JsonNode>> ListAsync(string path, string member) => [.. (await api.GetAsync(path, cancellationToken))[member]!.AsArray().Select(one => one!)];
    }

    private static IReadOnlyList<string> Statuses { get; } = ["completed", "failed", "cancelled", "timed_out", "waiting", "running", "failed,timed_out,cancelled"];

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string Back(string instant, int days) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).AddDays(-days).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
