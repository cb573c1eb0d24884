using System.Reflection;
using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Icons;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Gallery;

/// <summary>Every component in every state, for the eye and for the accessibility tests.</summary>
public sealed partial class GalleryPage(IHostEnvironment environment, NavigationManager navigation, TimeProvider time) : ComponentBase
{
    private static readonly (string Name, string Icon)[] Icons =
        [.. typeof(Glyph).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.Name, (string)field.GetValue(null)!))];

    private readonly DateTimeOffset _now = time.GetUtcNow();
    private readonly JsonNode? _json = GallerySamples.Json();
    private bool _allowed;

    protected override void OnInitialized()
    {
        _allowed = environment.IsDevelopment();
        if (!_allowed) navigation.NotFound();
    }
}
