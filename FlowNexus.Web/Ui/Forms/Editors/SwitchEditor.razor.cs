using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>On or off. The default is not stored.</summary>
public sealed partial class SwitchEditor : FieldEditor
{
    private bool IsOn => IsTrue(Value ?? Field.Default);

    private Task ToggleAsync(ChangeEventArgs args)
    {
        var on = args.Value is true;
        return SendAsync(Field.Default is not null && on == IsTrue(Field.Default) || Field.Default is null && !on && !Field.Required ? null : JsonValue.Create(on));
    }

    private static bool IsTrue(JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.True;
}
