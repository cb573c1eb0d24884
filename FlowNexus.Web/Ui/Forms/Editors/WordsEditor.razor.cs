using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>A list of short values, each a chip. Enter or a comma adds, Backspace in the empty box takes the last one back.</summary>
public sealed partial class WordsEditor : FieldEditor
{
    private ElementReference _box;
    private string _draft = "";

    private IReadOnlyList<string> Words => [.. Nodes.Select(node => IsLoose ? LooseText.Of(node, oneLine: true) : node?.ToString() ?? "null")];

    private IEnumerable<JsonNode?> Nodes => Value switch { null => Array.Empty<JsonNode?>(), JsonArray items => items, var one => new[] { one } };

    private bool IsLoose => Field.Kind == FieldKind.Words && (Field.Item is null || FieldReading.Types(Field.Item) is not ["string"]) && !Field.OneStandsAlone;

    private IReadOnlyList<string> Suggestions => Field.Editor switch
    {
        "step_name" => Form.Hints?.StepNames ?? [],
        "target" => [.. Form.Hints?.StepNames ?? [], .. Form.Hints?.Paths ?? []],
        _ => [.. (Field.Item?["enum"] as JsonArray ?? []).Select(word => word?.ToString() ?? "")],
    };

    private async Task TypedAsync(ChangeEventArgs args)
    {
        _draft = args.Value?.ToString() ?? "";
        if (_draft.EndsWith(',')) await AddAsync();
    }

    // A word that was typed and not yet added counts when the box is left.
    private Task LeftAsync(ChangeEventArgs args)
    {
        _draft = args.Value?.ToString() ?? "";
        return AddAsync();
    }

    private async Task KeyAsync(KeyboardEventArgs args)
    {
        if (args.Key == "Enter") await AddAsync();
        else if (args.Key == "Backspace" && _draft.Length == 0 && Words.Count > 0) await RemoveAsync(Words.Count - 1);
    }

    private async Task AddAsync()
    {
        string[] words = IsLoose && _draft.TrimStart() is ['[' or '{' or '"', ..] ? [_draft.Trim().TrimEnd(',')] : _draft.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            _draft = "";
            return;
        }

        List<JsonNode?> added = [];
        foreach (var word in words)
        {
            JsonNode? node = JsonValue.Create(word);
            if (IsLoose && LooseText.TryRead(word, out node) is { } wrong)
            {
                await OnWrong.InvokeAsync(wrong);
                return;
            }

            added.Add(node);
        }

        _draft = "";
        await OnWrong.InvokeAsync(null);
        await SendListAsync([.. Nodes, .. added]);
    }

    private async Task RemoveAsync(int index)
    {
        await SendListAsync([.. Nodes.Where((_, at) => at != index)]);
        await _box.FocusAsync();
    }

    private Task SendListAsync(IReadOnlyList<JsonNode?> nodes) => SendAsync(nodes switch
    {
        [] => null,
        [JsonValue only] when Field.OneStandsAlone && only.GetValueKind() == JsonValueKind.String => only.DeepClone(),
        _ => new JsonArray([.. nodes.Select(node => node?.DeepClone())]),
    });
}
