using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>A step inside a step: its type, and the form of that type.</summary>
public sealed partial class StepEditor : FieldEditor
{
    private static readonly string[] CommonNames = ["type", "timeout", "retry_attempts"];

    private JsonObject? Own => Value as JsonObject;

    private string? TypeName => Own?["type"]?.ToString();

    private NamedSchema? Settings => Form.Schemas.FirstOrDefault(schema => schema.Name == TypeName);

    /// <summary>Settings stand in <c>config</c> unless all of them were written into the step itself.</summary>
    private bool InConfig => Own?["config"] is JsonObject || Own?.All(pair => CommonNames.Contains(pair.Key)) != false;

    private string ConfigPointer => InConfig ? Pointer + "/config" : Pointer;

    private JsonObject Config => InConfig ? Own?["config"] as JsonObject ?? [] : new JsonObject(Own!.Where(pair => !CommonNames.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

    private JsonObject Common
    {
        get
        {
            var allowed = (Field.Schema["x-types"] as JsonArray)?.Select(type => type?.ToString()).ToHashSet();
            var types = Form.Schemas.Where(schema => allowed is null || allowed.Contains(schema.Name)).Select(schema => JsonValue.Create(schema.Name));
            return new JsonObject
            {
                ["required"] = new JsonArray("type"),
                ["properties"] = new JsonObject
                {
                    ["type"] = new JsonObject { ["title"] = "Type", ["enum"] = new JsonArray([.. types]) },
                    ["timeout"] = new JsonObject { ["title"] = "Time limit of each item (s)", ["type"] = new JsonArray("number", "string"), ["examples"] = new JsonArray(30, "5m") },
                    ["retry_attempts"] = new JsonObject { ["title"] = "Retries of each item", ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 100, ["default"] = 0 },
                },
            };
        }
    }

    private Task ConfigureAsync(FormChange change) => OnChange.InvokeAsync(InConfig ? change.Under("config") : change);
}
