using System.Text.Json;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Ui.Canvas;

/// <summary>What the script may call. The names are those in the script's bridge.</summary>
internal sealed class CanvasCalls(Func<Func<Task>, Task> dispatch)
{
    // Far more than the layout of a workflow of the largest size; a page that sends more is not ours.
    private const int MostBytes = 8 * 1024 * 1024;

    private readonly Dictionary<int, MemoryStream> _parts = [];

    public required Func<IReadOnlyList<CanvasEdit>, Task> Edited { get; init; }

    public required Func<IReadOnlyList<string>, Task> Selected { get; init; }

    public required Func<string, Task> Opened { get; init; }

    public required Func<string, Task> Refused { get; init; }

    public required Func<IReadOnlyList<string>, Task<string>> Copied { get; init; }

    public required Func<string, Task> Commanded { get; init; }

    /// <summary>One gesture, in parts that each fit into a message of the circuit.</summary>
    [JSInvokable("Edited")]
    public async Task EditedAsync(int batch, byte[] part, bool last)
    {
        if (!_parts.TryGetValue(batch, out var whole)) _parts[batch] = whole = new MemoryStream();
        if (whole.Length + part.Length > MostBytes) throw new InvalidOperationException("The edit is too large.");
        whole.Write(part);
        if (!last) return;
        _parts.Remove(batch);
        var edits = JsonSerializer.Deserialize<IReadOnlyList<CanvasEdit>>(whole.ToArray(), CanvasJson.Options) ?? [];
        if (edits.Count > 0) await dispatch(() => Edited(edits));
    }

    [JSInvokable("Selected")]
    public Task SelectedAsync(string[] ids) => dispatch(() => Selected(ids));

    [JSInvokable("Opened")]
    public Task OpenedAsync(string id) => dispatch(() => Opened(id));

    [JSInvokable("Refused")]
    public Task RefusedAsync(string why) => dispatch(() => Refused(why));

    [JSInvokable("Copied")]
    public async Task<string> CopiedAsync(string[] ids)
    {
        var text = "";
        await dispatch(async () => text = await Copied(ids));
        return text;
    }

    [JSInvokable("Commanded")]
    public Task CommandedAsync(string name) => dispatch(() => Commanded(name));
}
