using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Text;

/// <summary>The report's model as JSON, for programs.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(Problems.ProblemJson.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FigureList() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Write(ReportModel model) => JsonSerializer.Serialize(model, Options) + "\n";

    public static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options)!;

    /// <summary>Figures are an object by name: <c>{"first": 1, "last": 2}</c>.</summary>
    private sealed class FigureList : JsonConverter<IReadOnlyList<Figure>>
    {
        public override IReadOnlyList<Figure> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<Dictionary<string, double>>(ref reader, options)!.Select(pair => new Figure(pair.Key, pair.Value))];

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<Figure> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var figure in value.DistinctBy(figure => figure.Name)) writer.WriteNumber(figure.Name, figure.Value);
            writer.WriteEndObject();
        }
    }
}
