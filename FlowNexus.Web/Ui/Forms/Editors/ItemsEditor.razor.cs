using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>A list of objects as cards that can be moved. An item that is only a name is shown as an object with that name.</summary>
public sealed partial class ItemsEditor : FieldEditor
{
    private readonly ItemCards _cards = new();
    private ElementReference _add;
    private string _said = "";

    private JsonObject ItemSchema => FieldReading.ItemObject(Field.Item)!;

    private IReadOnlyList<string> Names => FieldReading.ItemNames(Field.Item);

    /// <summary>The field that a bare name stands for.</summary>
    private string? NameField => Names.Count == 0 ? null : (ItemSchema["required"] as JsonArray)?[0]?.ToString();

    private int MostItems => Field.Schema["maxItems"] is JsonValue most && most.TryGetValue(out int count) ? count : int.MaxValue;

    private string Singular => Field.Item?["title"]?.ToString() ?? (Field.Title.EndsWith('s') ? Field.Title[..^1] : $"{Field.Title}: item");

    private static FieldSpec AnyItem { get; } = FieldReading.Of("item", new JsonObject { ["title"] = "As JSON" }, required: true);

    protected override void OnParametersSet() => _cards.Receive(Value as JsonArray);

    private JsonObject? Shown(JsonNode? item) => item switch
    {
        JsonObject fields => fields,
        JsonValue when NameField is { } name && item.GetValueKind() == JsonValueKind.String => new JsonObject { [name] = item.DeepClone() },
        _ => null,
    };

    private Task EditAsync(int index, FormChange change)
    {
        var edited = change.ApplyTo(Shown(_cards.Cards[index].Item));
        var isName = NameField is { } name && edited.Count == 1 && edited[name]?.ToString() is { } word && Names.Contains(word);
        return SendAsync(_cards.With(index, isName ? edited[NameField!]!.DeepClone() : edited));
    }

    private async Task AddAsync()
    {
        await SendAsync(_cards.Added(new JsonObject()));
        _said = $"{Singular} {_cards.Cards.Count} added.";
    }

    private async Task RemoveAsync(int index)
    {
        var left = _cards.Without(index);
        _said = $"{Singular} {index + 1} removed.";
        await SendAsync(left.Count == 0 ? null : left);
        await _add.FocusAsync();
    }

    private async Task MoveAsync(int from, int to)
    {
        if (to < 0 || to >= _cards.Cards.Count) return;
        _said = $"{Singular} moved to {to + 1} of {_cards.Cards.Count}.";
        await SendAsync(_cards.Moved(from, to));
    }

    private Task KeyAsync(KeyboardEventArgs args, int index) =>
        Form.ReadOnly || !args.AltKey ? Task.CompletedTask : args.Key switch
        {
            "ArrowUp" => MoveAsync(index, index - 1),
            "ArrowDown" => MoveAsync(index, index + 1),
            _ => Task.CompletedTask,
        };

    private string PointerOf(int index) => JsonPointers.Append(Pointer, index);
}
