using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Draws and takes away the edges between steps.</summary>
public static class DraftLinks
{
    /// <summary>Makes <paramref name="to"/> follow <paramref name="from"/>.</summary>
    /// <param name="port">One of <see cref="BranchPorts"/>; null for a plain dependency.</param>
    public static DraftDocument Connect(this DraftDocument document, string from, string? port, string to)
    {
        if (from == to || document.TryGet(from) is not { } source || document.TryGet(to) is not { } target) return document;
        if (port is not null) return document.WithStep(source.With(fields => SetPort(fields, port, target.Name)));
        var written = document.WrittenOut();
        target = written.TryGet(to)!;
        if (StepReferences.Texts(target.Source["depends_on"]).Contains(source.Name)) return document;
        return written.WithStep(target.With(fields =>
        {
            var list = fields["depends_on"] as JsonArray ?? [.. StepReferences.Texts(fields["depends_on"]).Select(name => JsonValue.Create(name))];
            list.Add(source.Name);
            fields["depends_on"] = list;
        }));
    }

    /// <summary>Takes an edge away.</summary>
    public static DraftDocument Disconnect(this DraftDocument document, string from, string? port, string to)
    {
        if (document.TryGet(from) is not { } source || document.TryGet(to) is not { } target) return document;
        if (port is not null) return document.WithStep(source.With(fields => ClearPort(fields, port, target)));
        var written = document.WrittenOut();
        return written.WithStep(written.TryGet(to)!.With(fields =>
            fields["depends_on"] = new JsonArray([.. StepReferences.Texts(fields["depends_on"]).Where(name => name != source.Name).Select(name => JsonValue.Create(name))])));
    }

    /// <summary>Puts a step between two that follow one another, on the same port.</summary>
    public static DraftDocument Insert(this DraftDocument document, string from, string? port, string to, string between) =>
        document.Disconnect(from, port, to).Connect(from, port, between).Connect(between, null, to);

    private static void SetPort(JsonObject fields, string port, string name)
    {
        if (port == BranchPorts.Error) fields["on_error"] = name;
        else if (port == BranchPorts.Default) Add(Holder(fields, "default"), "default", name);
        else if (Place(fields, port) is { } place && place.Field == "then" && port.StartsWith("case:", StringComparison.Ordinal)) Add(place.Branch, "then", name);
        else if (Place(fields, port) is { } branch) branch.Branch[branch.Field] = name;
    }

    private static void ClearPort(JsonObject fields, string port, DraftStep target)
    {
        var path = StepReferences.Text(target.Source["path"]);
        bool IsTarget(string text) => text == target.Name || (path is { Length: > 0 } && text == path);
        var (holder, field) = port switch
        {
            BranchPorts.Error => (fields, "on_error"),
            BranchPorts.Default => (Holder(fields, "default"), "default"),
            _ => Place(fields, port) is { } place ? (place.Branch, place.Field) : (fields, ""),
        };
        if (holder[field] is JsonArray items)
        {
            var left = StepReferences.Texts(items).Where(text => !IsTarget(text)).ToArray();
            if (left.Length == 0) holder.Remove(field);
            else holder[field] = new JsonArray([.. left.Select(text => JsonValue.Create(text))]);
        }
        else if (StepReferences.Text(holder[field]) is { } text && IsTarget(text))
        {
            holder.Remove(field);
        }
    }

    private static void Add(JsonObject holder, string field, string name)
    {
        var names = StepReferences.Texts(holder[field]).Append(name).Distinct().ToArray();
        holder[field] = names.Length == 1 ? names[0] : new JsonArray([.. names.Select(text => JsonValue.Create(text))]);
    }

    private static JsonObject Holder(JsonObject fields, string setting) =>
        fields["config"] is JsonObject config && (config.ContainsKey(setting) || config.ContainsKey("cases")) ? config : fields;

    private static (JsonObject Branch, string Field)? Place(JsonObject fields, string port)
    {
        var parts = port.Split(':');
        if (parts.Length < 2 || !int.TryParse(parts[1], out var index)) return null;
        var (list, field) = parts is ["if", _, var side] ? ("conditions", side) : ("cases", "then");
        return StepReferences.Items(fields, list).FirstOrDefault(item => item.Index == index).Item is { } branch ? (branch, field) : null;
    }
}
