using System.Text.Json.Nodes;
using FlowNexus.Engine.Identity;

namespace FlowNexus.Engine.Workflows;

/// <summary>
/// Gives steps the ids that the canvas, merges and reruns know them by. They live beside the definition: a name that
/// stays keeps its id, a renamed step keeps it too, every other step gets a new one.
/// </summary>
public static class StepIds
{
    public static IReadOnlyDictionary<string, string> First(WorkflowDefinition definition, DateTimeOffset now) =>
        definition.Steps.ToDictionary(step => step.Name, _ => NewId.Step(now));

    /// <param name="previous">The version before.</param>
    /// <param name="previousIds">Its ids by step name.</param>
    /// <param name="renames">New name by old name, when the caller knows; a rename without it is recognised when exactly one step with that content vanished and one appeared.</param>
    public static IReadOnlyDictionary<string, string> Next(
        WorkflowDefinition previous, IReadOnlyDictionary<string, string> previousIds, WorkflowDefinition next,
        IReadOnlyDictionary<string, string>? renames, DateTimeOffset now)
    {
        var ids = new Dictionary<string, string>();
        var names = next.Steps.Select(step => step.Name).ToHashSet();
        foreach (var (old, renamed) in renames ?? new Dictionary<string, string>())
        {
            if (names.Contains(renamed) && previousIds.TryGetValue(old, out var id)) ids.TryAdd(renamed, id);
        }

        var used = ids.Values.ToHashSet();
        foreach (var step in next.Steps)
        {
            if (!ids.ContainsKey(step.Name) && previousIds.TryGetValue(step.Name, out var id) && used.Add(id)) ids[step.Name] = id;
        }

        var vanished = previous.Steps.Where(step => previousIds.TryGetValue(step.Name, out var id) && !used.Contains(id)).ToLookup(Content);
        foreach (var appeared in next.Steps.Where(step => !ids.ContainsKey(step.Name)).ToLookup(Content))
        {
            var gone = vanished[appeared.Key].ToList();
            if (gone.Count == 1 && appeared.Count() == 1) ids[appeared.Single().Name] = previousIds[gone[0].Name];
        }

        foreach (var step in next.Steps) ids.TryAdd(step.Name, NewId.Step(now));
        return ids;
    }

    private static string Content(StepDefinition step)
    {
        var content = (JsonObject)step.Source.DeepClone();
        content.Remove("name");
        return CanonicalJson.Write(content);
    }
}
