using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Figures;

/// <summary>A size; the exact count on hover.</summary>
public sealed partial class Bytes : ComponentBase
{
    [Parameter, EditorRequired]
    public long? Value { get; set; }
}
