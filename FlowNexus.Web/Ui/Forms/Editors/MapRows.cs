using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>The rows of a map while they are edited: also those without a name or with a name that another row has.</summary>
internal sealed class MapRows
{
    private readonly List<MapRow> _rows = [];
    private JsonObject? _outside;
    private JsonObject? _known;
    private bool _isKnown;
    private int _next;

    public IReadOnlyList<MapRow> Rows => _rows;

    /// <summary>Names that stand in more than one row.</summary>
    public IReadOnlySet<string> Doubles => _rows.Where(row => row.Name.Length > 0).GroupBy(row => row.Name).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();

    /// <summary>The object from outside. One's own edits come back and change nothing.</summary>
    public void Receive(JsonObject? value)
    {
        if (_isKnown && JsonNode.DeepEquals(value, _outside)) return;
        var isEcho = _isKnown && JsonNode.DeepEquals(value, _known);
        (_outside, _known, _isKnown) = (value, value, true);
        if (isEcho) return;
        _rows.Clear();
        foreach (var (name, node) in value ?? []) _rows.Add(new MapRow(_next++, name, node));
    }

    public void Add() => _rows.Add(new MapRow(_next++, "", null));

    public void Remove(int number) => _rows.RemoveAll(row => row.Number == number);

    public void Rename(int number, string name) => Replace(number, row => row with { Name = name });

    public void Set(int number, JsonNode? value) => Replace(number, row => row with { Value = value });

    /// <summary>The object that the rows make; null when there are none. Of two rows with the same name the first counts.</summary>
    public JsonObject? Read()
    {
        var value = new JsonObject();
        foreach (var row in _rows.Where(row => row.Name.Length > 0 && !value.ContainsKey(row.Name))) value[row.Name] = row.Value?.DeepClone();
        _known = value.Count == 0 ? null : value;
        return _known;
    }

    private void Replace(int number, Func<MapRow, MapRow> change)
    {
        var index = _rows.FindIndex(row => row.Number == number);
        if (index >= 0) _rows[index] = change(_rows[index]);
    }
}

/// <param name="Number">Stays with the row.</param>
internal sealed record MapRow(int Number, string Name, JsonNode? Value);
