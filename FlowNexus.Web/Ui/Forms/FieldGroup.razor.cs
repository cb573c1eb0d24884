using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>The fields of one object.</summary>
public sealed partial class FieldGroup : ComponentBase
{
    private readonly Dictionary<string, JsonNode> _putAside = [];
    private GroupLayout _layout = new([], [], null, [], []);
    private string? _chosen;

    // Their place stays the same when they get a value, so that the box that is typed into stays the same box.
    private HashSet<string> _opened = [];

    [CascadingParameter]
    public required FormContext Form { get; set; }

    [Parameter, EditorRequired]
    public required JsonObject Schema { get; set; }

    [Parameter]
    public JsonObject? Value { get; set; }

    [Parameter, EditorRequired]
    public required string Pointer { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<FormChange> OnChange { get; set; }

    /// <summary>Whoever holds the group shows the fields that the schema does not know.</summary>
    [Parameter]
    public bool HidesOthers { get; set; }

    private IReadOnlyList<NamedChoice> Ways => [.. _layout.Alternatives.Select(way => new NamedChoice(way.Name, way.Title))];

    private IEnumerable<FieldSpec> Usual => _layout.Shown.Where(one => !_opened.Contains(one.Name));

    private IEnumerable<FieldSpec> Opened => _layout.Shown.Concat(_layout.Waiting).Where(one => _opened.Contains(one.Name)).OrderBy(one => one.Title, StringComparer.Ordinal);

    protected override void OnParametersSet() => Read();

    // What was filled in under one alternative comes back when it is chosen again.
    private async Task ChooseAsync(string name)
    {
        _chosen = name;
        foreach (var other in _layout.Alternatives.Where(field => field.Name != name && Value?[field.Name] is not null).Select(field => field.Name).ToArray())
        {
            _putAside[other] = Value![other]!.DeepClone();
            await OnChange.InvokeAsync(new FormChange([other], null));
        }

        if (_putAside.Remove(name, out var kept)) await OnChange.InvokeAsync(new FormChange([name], kept));
        _chosen = name;
        Read();
    }

    private void Read()
    {
        _layout = GroupLayout.Of(Schema, Value, _chosen, name => Form.Within(PointerOf(name)).Any());
        _chosen = _layout.Chosen;
    }

    private void ToggleMore() => _opened = _opened.Count > 0 ? [] : [.. _layout.Waiting.Select(one => one.Name)];

    private string PointerOf(string name) => JsonPointers.Append(Pointer, name);

    private static FieldSpec Other(string name) => FieldReading.Of(name, new JsonObject { ["title"] = name }, required: false);
}
