using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>One schedule of a workflow.</summary>
/// <param name="Key">Stable within the workflow through its versions, as long as cron and time zone stay.</param>
public sealed record ScheduleTrigger(string Key, string Cron, string? TimeZone, MissedPolicy Missed, JsonObject? Input, Timetable Timetable)
{
    /// <summary>The schedules of a workflow that are not switched off. One written twice counts once; the same times with another input are a schedule of their own.</summary>
    /// <exception cref="Cronos.CronFormatException">A cron expression that the validator would not let pass.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know a time zone.</exception>
    public static IReadOnlyList<ScheduleTrigger> Of(WorkflowDefinition definition)
    {
        var found = new List<ScheduleTrigger>();
        foreach (var trigger in definition.Triggers)
        {
            if (!IsOn(trigger) || trigger.Cron is not { } cron) continue;
            var key = KeyOf(cron, trigger.TimeZone);
            var same = found.Where(other => other.Key == key || other.Key.StartsWith(key + "-", StringComparison.Ordinal)).ToList();
            if (same.Exists(other => JsonNode.DeepEquals(other.Input, trigger.Input))) continue;
            if (same.Count > 0) key = FormattableString.Invariant($"{key}-{same.Count + 1}");
            found.Add(new ScheduleTrigger(key, cron, trigger.TimeZone, PolicyOf(trigger), trigger.Input, Timetable.Of(cron, trigger.TimeZone)));
        }

        return found;
    }

    /// <summary>Whether this is the schedule that a trigger of the definition stands for.</summary>
    internal bool IsOf(TriggerDefinition trigger) =>
        trigger.Cron is { } cron && Key.StartsWith(KeyOf(cron, trigger.TimeZone), StringComparison.Ordinal) && JsonNode.DeepEquals(Input, trigger.Input);

    internal static bool IsOn(TriggerDefinition trigger) => trigger.Source["enabled"] is not JsonValue enabled || !enabled.TryGetValue(out bool on) || on;

    internal static MissedPolicy PolicyOf(TriggerDefinition trigger) => trigger.Missed == "last" ? MissedPolicy.Last : MissedPolicy.Skip;

    /// <summary>12 hexadecimal digits from cron and time zone; spaces and capitals do not matter.</summary>
    internal static string KeyOf(string cron, string? timeZone)
    {
        var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var text = $"{string.Join(' ', fields)}|{timeZone ?? "UTC"}".ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));
    }
}
