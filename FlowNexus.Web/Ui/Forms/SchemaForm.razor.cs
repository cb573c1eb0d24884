using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>
/// A form made from a JSON Schema. It holds nothing but what cannot be a value yet: the value comes in and goes out as changes.
/// Give it a <c>@key</c> of what is edited, so that text still being typed never reaches another thing.
/// </summary>
public sealed partial class SchemaForm : ComponentBase
{
    private FormContext _context = new();

    [Parameter, EditorRequired]
    public required JsonObject Schema { get; set; }

    /// <summary>Never changed here.</summary>
    [Parameter]
    public JsonObject? Value { get; set; }

    /// <summary>What is wrong, with pointers that start at <see cref="Value"/>.</summary>
    [Parameter]
    public IReadOnlyList<ProblemDetail> Problems { get; set; } = [];

    /// <summary>Null for a form whose texts hold no expressions.</summary>
    [Parameter]
    public FormHints? Hints { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Settings of step types, for a step inside a step.</summary>
    [Parameter]
    public IReadOnlyList<NamedSchema> Schemas { get; set; } = [];

    [Parameter]
    public string Label { get; set; } = "Settings";

    /// <summary>Once for each committed edit.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<FormChange> OnChange { get; set; }

    /// <summary>Some text cannot be read, so the value is not what the form shows.</summary>
    public bool HasUnread => _context.Unread.Count > 0;

    private bool IsEmpty => Schema["properties"] is not JsonObject { Count: > 0 } && Value is not { Count: > 0 };

    /// <summary>Problems of the whole, and of fields that do not exist.</summary>
    private IEnumerable<ProblemDetail> Homeless => Problems.Where(problem => problem.Pointer.Length == 0 || !HasField(problem.Pointer));

    protected override void OnParametersSet() => _context = _context.With(Hints, ReadOnly, Problems, Schemas);

    private bool HasField(string pointer)
    {
        var name = pointer[1..].Split('/')[0].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        return (Schema["properties"] as JsonObject)?.ContainsKey(name) == true || Value?.ContainsKey(name) == true;
    }
}
