using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace FlowNexus.Web.Shell.Commands;

/// <summary>Ctrl+K: type, choose with the arrows, Enter. Focus never leaves the field.</summary>
public sealed partial class CommandPalette(CommandList commands) : ComponentBase
{
    private IReadOnlyList<Command> _found = [];
    private ElementReference _input;
    private string _typed = "";
    private int _at;
    private bool _keepCaret;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    protected override void OnInitialized() => Search();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _input.FocusAsync();
    }

    private static string Id(int index) => $"palette-{index}";

    private void Search()
    {
        // The best match leads, and its group with it: a heading stands once.
        _found = [.. CommandMatch.Rank(_typed, commands.All).GroupBy(command => command.Group).SelectMany(group => group)];
        _at = 0;
    }

    private void Key(KeyboardEventArgs pressed)
    {
        // Takes effect with the next render, which is before the key that repeats.
        _keepCaret = pressed.Key is "ArrowDown" or "ArrowUp";
        switch (pressed.Key)
        {
            case "ArrowDown" when _found.Count > 0:
                _at = (_at + 1) % _found.Count;
                break;
            case "ArrowUp" when _found.Count > 0:
                _at = (_at + _found.Count - 1) % _found.Count;
                break;
            case "Enter" when _found.Count > 0:
                Choose(_at);
                break;
        }
    }

    private void Choose(int index) => Dialog.Close(DialogResult.Ok(_found[index]));
}
