using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowNexus.Engine.Problems;

/// <summary>Instants in JSON: ISO 8601 in UTC with <c>Z</c>, to the microsecond where there is something to say.</summary>
internal sealed class UtcJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));

    public static string Text(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
