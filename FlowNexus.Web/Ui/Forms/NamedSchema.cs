using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>The settings schema of a step type, for a step inside a step.</summary>
public sealed record NamedSchema(string Name, string Title, JsonObject Schema);
