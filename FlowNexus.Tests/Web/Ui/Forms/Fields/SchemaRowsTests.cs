using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms.Fields;

namespace FlowNexus.Tests.Web.Ui.Forms.Fields;

public sealed class SchemaRowsTests
{
    private const string Schema = """{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","pattern":"^x"},"b":{"oneOf":[{"type":"string"},{"type":"number"}]}},"required":["b"],"x_note":1}""";

    [Fact]
    public void Read_Untouched_IsTheSameSchema()
    {
        var rows = Rows(Schema);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Schema), rows.Read()));
    }

    [Fact]
    public void Rename_KeepsWhatARowCannotSay_ItsPlaceAndThatItIsRequired()
    {
        var rows = Rows(Schema);

        rows.Replace(rows.Rows[1] with { Name = "c" });

        Assert.Equal("""{"type":"object","additionalProperties":false,"x_note":1,"properties":{"a":{"type":"string","pattern":"^x"},"c":{"oneOf":[{"type":"string"},{"type":"number"}]}},"required":["c"]}""", Plain(rows.Read()));
        Assert.Null(rows.Rows[1].Kind);
    }

    [Fact]
    public void NewRow_WithoutAName_IsKeptHereAndNotWritten()
    {
        var rows = Rows("""{"properties":{"a":{"type":"string"}}}""");

        rows.Add();
        rows.Receive(rows.Read());

        Assert.Equal(2, rows.Rows.Count);
        Assert.Equal("""{"type":"object","properties":{"a":{"type":"string"}}}""", Plain(rows.Read()));
    }

    [Fact]
    public void Kind_Changed_TakesItsFormAndLeavesTheRest()
    {
        var row = Rows("""{"properties":{"a":{"type":"array","items":{"type":"number"},"title":"A"}}}""").Rows[0];

        Assert.Equal("""{"title":"A","enum":[]}""", Plain(row.With("enum").Source));
        Assert.Equal("""{"type":"integer","title":"A"}""", Plain(row.With("integer").Source));
    }

    [Fact]
    public void LastRow_Removed_LeavesNoSchema()
    {
        var rows = Rows("""{"type":"object","properties":{"a":{"type":"string"}}}""");

        rows.Remove(rows.Rows[0]);

        Assert.Null(rows.Read());
    }

    private static SchemaRows Rows(string schema)
    {
        var rows = new SchemaRows();
        rows.Receive((JsonObject)JsonNode.Parse(schema)!);
        return rows;
    }

    private static string Plain(JsonNode? node) => node!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
