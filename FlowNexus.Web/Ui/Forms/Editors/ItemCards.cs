using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>The items of a list, each with a number that stays with it while it moves.</summary>
internal sealed class ItemCards
{
    private readonly List<int> _numbers = [];
    private JsonArray? _outside;
    private JsonArray? _items;
    private int _next;

    public IReadOnlyList<(int Number, JsonNode? Item)> Cards => [.. (_items ?? []).Select((item, index) => (_numbers[index], item))];

    /// <summary>The list from outside. One's own edits come back and change nothing.</summary>
    public void Receive(JsonArray? items)
    {
        if (JsonNode.DeepEquals(items, _outside)) return;
        if (!JsonNode.DeepEquals(items, _items) && items?.Count != _numbers.Count) _numbers.Clear();
        _outside = _items = items;
        while (_numbers.Count < (items?.Count ?? 0)) _numbers.Add(_next++);
        if (_numbers.Count > (items?.Count ?? 0)) _numbers.RemoveRange(items?.Count ?? 0, _numbers.Count - (items?.Count ?? 0));
    }

    public JsonArray With(int index, JsonNode? item)
    {
        var items = Copy();
        items[index] = item;
        _items = items;
        return items;
    }

    public JsonArray Added(JsonNode item)
    {
        var items = Copy();
        items.Add(item);
        _numbers.Add(_next++);
        _items = items;
        return items;
    }

    public JsonArray Without(int index)
    {
        var items = Copy();
        items.RemoveAt(index);
        _numbers.RemoveAt(index);
        _items = items;
        return items;
    }

    public JsonArray Moved(int from, int to)
    {
        var items = Copy();
        var item = items[from];
        items.RemoveAt(from);
        items.Insert(to, item);
        var number = _numbers[from];
        _numbers.RemoveAt(from);
        _numbers.Insert(to, number);
        _items = items;
        return items;
    }

    private JsonArray Copy() => (JsonArray?)_items?.DeepClone() ?? [];
}
