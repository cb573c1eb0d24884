using System.Text.Json.Nodes;
using CsCheck;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Workflows;

public sealed class CanonicalJsonTests
{
    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.String.Select(text => (JsonNode?)JsonValue.Create(new string([.. text.Where(character => !char.IsSurrogate(character))]))),
        Gen.Long.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.OneOf("1.0", "1e5", "-0", "123456789012345678901234567890", "true", "null", "\"\\u00e9\\n\"", "\"😀\"").Select(text => JsonNode.Parse(text)));

    private static readonly Gen<JsonNode?> Tree = Gen.Recursive<JsonNode?>((depth, self) => depth > 3 ? Leaf : Gen.OneOf(
        Leaf,
        self.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
        self.Array[0, 4].Select(items => (JsonNode?)new JsonObject(items.Select((item, index) => KeyValuePair.Create($"k{(index * 7) % 5}", item?.DeepClone()))))));

    [Fact]
    public void CanonicalText_ReadAndWrittenAgain_IsByteEqual() =>
        Tree.Sample(tree =>
        {
            var text = CanonicalJson.Write(tree);
            Assert.Equal(text, CanonicalJson.Write(JsonNode.Parse(text)));
            Assert.Equal(CanonicalJson.Hash(tree), CanonicalJson.Hash(JsonNode.Parse(text)));
        }, iter: 3000, print: tree => tree?.ToJsonString() ?? "null");

    [Fact]
    public void CanonicalText_KeepsOrderAndDigits() =>
        Assert.Equal("""{"b":1.0,"a":[1e3,"é<"]}""", CanonicalJson.Write(JsonNode.Parse("""{ "b" : 1.0, "a" : [ 1e3, "\u00e9<" ] }""")));
}
