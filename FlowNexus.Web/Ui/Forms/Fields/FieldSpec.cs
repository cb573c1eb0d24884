using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Fields;

/// <summary>One field of a form, read from its JSON Schema.</summary>
public sealed record FieldSpec
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required FieldKind Kind { get; init; }

    public required JsonObject Schema { get; init; }

    public string? Help { get; init; }

    public string? Unit { get; init; }

    public bool Required { get; init; }

    public JsonNode? Default { get; init; }

    public IReadOnlyList<JsonNode> Choices { get; init; } = [];

    public IReadOnlyList<JsonNode> Examples { get; init; } = [];

    public double? Least { get; init; }

    public double? Most { get; init; }

    public bool Whole { get; init; }

    /// <summary>Of a list: the schema of one item.</summary>
    public JsonObject? Item { get; init; }

    /// <summary>Of a list: a single value stands for itself, without brackets.</summary>
    public bool OneStandsAlone { get; init; }

    /// <summary>The schema's <c>x-editor</c>: what the author should be helped with.</summary>
    public string? Editor { get; init; }

    /// <summary>Siblings that make this field matter: the values they must have, or none for any.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> When { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The whole text is an expression over the data in reach.</summary>
    public bool IsExpression => Editor is "expression";

    /// <summary>The whole text is an expression over the columns of a table.</summary>
    public bool IsRowExpression => Editor is "row_expression";

    public bool IsCode => IsExpression || IsRowExpression || Editor is "code";
}
