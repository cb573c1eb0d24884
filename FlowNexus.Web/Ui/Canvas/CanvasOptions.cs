using System.Reflection;
using FlowNexus.Web.Ui.Icons;
using FlowNexus.Web.Ui.Status;

namespace FlowNexus.Web.Ui.Canvas;

/// <summary>What the script is told when it starts: our icons and how each status looks come from here, so that they exist once.</summary>
internal sealed record CanvasOptions(string Label, bool ReadOnly, string? ViewportKey)
{
    private static readonly FieldInfo[] Fields = typeof(Glyph).GetFields(BindingFlags.Public | BindingFlags.Static);

    private static readonly Dictionary<string, string> AllGlyphs = Fields.ToDictionary(field => field.Name, field => (string)field.GetValue(null)!);

    private static readonly Dictionary<string, CanvasLook> AllLooks = StatusLook.All.ToDictionary(
        look => look.Key,
        look => new CanvasLook(look.Value.Title, look.Value.Tone, AllGlyphs.First(glyph => glyph.Value == look.Value.Icon).Key));

    public IReadOnlyDictionary<string, string> Glyphs { get; } = AllGlyphs;

    public IReadOnlyDictionary<string, CanvasLook> Looks { get; } = AllLooks;
}

/// <param name="Glyph">Name of the icon.</param>
internal sealed record CanvasLook(string Title, string Tone, string Glyph);
