using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Triggers.Schedule;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Problems;
using FlowNexus.Web.Shell;
using FlowNexus.Web.Ui.Forms;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.Inspector;

/// <summary>What starts executions; a schedule shows when it will.</summary>
public sealed partial class TriggerEditor(TimeProvider time, Viewer viewer) : ComponentBase
{
    private const int Preview = 5;

    [Parameter, EditorRequired]
    public required DraftDocument Document { get; set; }

    [Parameter]
    public IReadOnlyList<DesignProblem> Problems { get; set; } = [];

    [Parameter]
    public EventCallback<StepEdit> OnEdit { get; set; }

    private IReadOnlyList<JsonObject> Triggers => Normal(Document);

    // A trigger that is only a word is written out when it is edited.
    private static List<JsonObject> Normal(DraftDocument document) =>
        [.. (document.Head["triggers"] as JsonArray ?? []).Select(item => item switch
        {
            JsonObject fields => fields,
            JsonValue word => new JsonObject { ["type"] = word.ToString() },
            _ => [],
        })];

    private IReadOnlyList<ProblemDetail> At(int index)
    {
        var prefix = $"/triggers/{index}";
        return [.. Problems.Where(problem => problem.Inside == prefix || problem.Inside.StartsWith(prefix + "/", StringComparison.Ordinal)).Select(problem => problem.Detail with { Pointer = problem.Inside[prefix.Length..] })];
    }

    private IReadOnlyList<DateTimeOffset> Firings(JsonObject trigger)
    {
        if (Text(trigger, "cron") is not { } cron) return [];
        try
        {
            return NextFirings.Of(new TriggerDefinition { Type = "schedule", Cron = cron, TimeZone = Text(trigger, "time_zone"), Source = trigger }, time.GetUtcNow(), Preview);
        }
        catch (Exception failure) when (failure is FormatException or ProblemException or TimeZoneNotFoundException or ArgumentException or InvalidTimeZoneException)
        {
            // The validator says what is wrong with it.
            return [];
        }
    }

    private Task Add(string type) => Edit("add a trigger", list => list.Add(type switch
    {
        "schedule" => new JsonObject { ["type"] = type, ["cron"] = "0 9 * * MON" },
        "webhook" => new JsonObject { ["type"] = type, ["url"] = "/api/trigger/" + Address(Document.Name) },
        "file_upload" => new JsonObject { ["type"] = type, ["path"] = "/data/incoming/*" },
        _ => new JsonObject { ["type"] = type, ["event_type"] = "order.created" },
    }));

    private Task Remove(int index) => Edit("remove a trigger", list => list.RemoveAt(index));

    private Task Switch(int index, ChangeEventArgs args) => Edit(args.Value is true ? "switch a trigger on" : "switch a trigger off", list =>
    {
        if (args.Value is true) list[index]!.AsObject().Remove("enabled");
        else list[index]!["enabled"] = false;
    });

    private Task Change(int index, FormChange change) =>
        Edit("change a trigger", list => list[index] = change.ApplyTo((JsonObject)list[index]!), $"triggers/{index}/{string.Join('/', change.Path)}");

    private Task Edit(string label, Action<JsonArray> edit, string? key = null) => OnEdit.InvokeAsync(new StepEdit(label, document =>
    {
        var list = new JsonArray([.. Normal(document).Select(trigger => trigger.DeepClone())]);
        edit(list);
        return document.SetHead(["triggers"], list.Count == 0 ? null : list);
    }, key));

    private static JsonObject Part(JsonObject trigger) =>
        new(trigger.Where(field => field.Key is not ("type" or "enabled")).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private static string Type(JsonObject trigger) => Text(trigger, "type") ?? "";

    private static bool IsOn(JsonObject trigger) => trigger["enabled"] is not JsonValue value || !value.TryGetValue(out bool on) || on;

    private static string? Text(JsonObject fields, string name) => fields[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Address(string name) => new([.. name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]);

    private static string Words(string type) => type switch { "schedule" => "Schedule", "webhook" => "Webhook", "file_upload" => "File upload", "event" => "Event", _ => "Trigger" };

    private static JsonObject SchemaOf(string type) => type switch
    {
        "webhook" => WorkflowSchemas.Webhook,
        "file_upload" => WorkflowSchemas.Upload,
        "event" => WorkflowSchemas.Event,
        _ => WorkflowSchemas.Schedule,
    };
}
