using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Agents.BuiltIn.Findings;

/// <summary>One thing the data says.</summary>
/// <param name="Kind"><c>total, trend, period_change, segment, concentration, shift, correlation, quality</c>.</param>
/// <param name="Title">A few words.</param>
/// <param name="Text">One or two sentences that hold the figures.</param>
/// <param name="Weight">How much it matters, 0 to 1; findings are ordered by it.</param>
/// <param name="Figures">The figures by name, as computed.</param>
internal sealed record Finding(string Kind, string Title, string Text, double Weight, JsonObject Figures)
{
    public JsonObject ToJson() => new() { ["kind"] = Kind, ["title"] = Title, ["text"] = Text, ["weight"] = Math.Round(Weight, 3), ["figures"] = Figures.DeepClone() };
}
