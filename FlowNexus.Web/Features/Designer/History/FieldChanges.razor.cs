using FlowNexus.Engine.Workflows.Drafts;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.History;

/// <summary>Fields before and after.</summary>
public sealed partial class FieldChanges : ComponentBase
{
    private const int Most = 240;

    [Parameter, EditorRequired]
    public required IReadOnlyList<FieldChange> Fields { get; set; }

    private static string Short(string? json) => json is null ? "" : json.Length <= Most ? json : string.Concat(json.AsSpan(0, Most), "…");
}
