using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Reads the triggers. What only one type has is in <see cref="ScheduleRules"/> and <see cref="PathRules"/>.</summary>
internal sealed class TriggerReader(string workflowName, ProblemList problems)
{
    private const int MostTriggers = 100;

    private static readonly string[] Types = ["schedule", "webhook", "file_upload", "event"];
    private static readonly string[] Methods = ["POST", "PUT", "GET"];
    private static readonly string[] CommonFields = ["type", "name", "input", "enabled", "metadata"];

    private readonly string _slug = Slug.Of(workflowName, '-', "workflow");

    public List<TriggerDefinition> Read(FieldReader workflow)
    {
        if (workflow.Array("triggers", MostTriggers) is not { } items) return [];
        var triggers = new List<TriggerDefinition>(items.Count);
        var hooks = new HashSet<string>();
        for (var i = 0; i < items.Count; i++)
        {
            var pointer = JsonPointers.Append(workflow.At("triggers"), i);
            if (Read(items[i], pointer) is not { } trigger) continue;
            if (trigger.Url is { } url && !hooks.Add($"{trigger.Method} {url}"))
                problems.Error(JsonPointers.Append(pointer, "url"), "duplicate_url", $"Another trigger of this workflow already has {trigger.Method} {url}.");
            triggers.Add(trigger);
        }

        return triggers;
    }

    private TriggerDefinition? Read(JsonNode? item, string pointer)
    {
        if (item is JsonObject source) return Read(source, pointer, isShort: false);
        if (item is JsonValue && item.GetValueKind() == JsonValueKind.String)
        {
            var type = item.GetValue<string>().Trim();
            if (Types.Contains(type)) return Read(new JsonObject { ["type"] = type }, pointer, isShort: true);
            problems.Error(pointer, "not_allowed", $"There is no trigger type '{type}'.", problems.Suggest(type, Types), Types);
            return null;
        }

        problems.Error(pointer, "type", $"A trigger must be an object or the name of a trigger type, not {FieldReader.Kind(item)}.", allowed: Types);
        return null;
    }

    private TriggerDefinition? Read(JsonObject source, string pointer, bool isShort)
    {
        var fields = new FieldReader(source, pointer, problems);
        if (!fields.Has("type")) problems.Error(fields.At("type"), "required", "'type' is required: what starts the workflow.", allowed: Types);
        if (fields.Choice("type", Types) is not { } type) return null;
        var trigger = new TriggerDefinition { Type = type, Input = fields.Object("input"), Source = source };
        fields.Boolean("enabled");
        return type switch
        {
            "schedule" => Schedule(trigger, fields, isShort),
            "webhook" => Webhook(trigger, fields),
            "file_upload" => FileUpload(trigger, fields, isShort),
            _ => Event(trigger, fields, isShort),
        };
    }

    private TriggerDefinition Schedule(TriggerDefinition trigger, FieldReader fields, bool isShort)
    {
        fields.WarnUnknown([.. CommonFields, "cron", "time_zone", "missed"], "A schedule trigger");
        if (isShort) problems.Warn(fields.Pointer, "default_applied", "A schedule without a cron expression runs daily at 00:00 UTC.", """Write {"type": "schedule", "cron": "0 9 * * 1"} to choose the time.""");
        else if (!fields.Has("cron")) problems.Error(fields.At("cron"), "required", "A schedule needs 'cron'.", "For example \"0 9 * * 1\": every Monday at 9.");
        return trigger with
        {
            Cron = isShort ? "@daily" : ScheduleRules.Cron(fields, problems),
            TimeZone = ScheduleRules.TimeZone(fields, problems),
            Missed = fields.Choice("missed", ["skip", "last"]),
        };
    }

    private TriggerDefinition Webhook(TriggerDefinition trigger, FieldReader fields)
    {
        fields.WarnUnknown([.. CommonFields, "url", "method", "auth_required"], "A webhook trigger");
        return trigger with
        {
            Url = fields.Has("url") ? PathRules.WebhookUrl(fields, problems) : PathRules.WebhookRoot + _slug,
            Method = fields.Choice("method", Methods) ?? "POST",
            AuthRequired = fields.Boolean("auth_required") ?? true,
        };
    }

    private TriggerDefinition FileUpload(TriggerDefinition trigger, FieldReader fields, bool isShort)
    {
        fields.WarnUnknown([.. CommonFields, "path"], "A file_upload trigger");
        if (!isShort && !fields.Has("path")) problems.Error(fields.At("path"), "required", "A file_upload trigger needs 'path'.", "For example \"/data/training/*\".");
        return trigger with { Path = isShort ? $"/{_slug}/*" : PathRules.FilePattern(fields, problems) };
    }

    private TriggerDefinition Event(TriggerDefinition trigger, FieldReader fields, bool isShort)
    {
        fields.WarnUnknown([.. CommonFields, "event_type"], "An event trigger");
        if (!isShort && !fields.Has("event_type")) problems.Error(fields.At("event_type"), "required", "An event trigger needs 'event_type'.", "For example \"order.created\".");
        return trigger with { EventType = isShort ? $"{_slug}.requested" : fields.Text("event_type", 200) };
    }
}
