using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Figures;

/// <summary>A cost.</summary>
public sealed partial class Credits : ComponentBase
{
    /// <summary>Millionths of a credit, as the ledger keeps them.</summary>
    [Parameter, EditorRequired]
    public long? Micros { get; set; }
}
