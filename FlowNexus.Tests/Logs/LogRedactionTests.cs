using System.Text.Json.Nodes;
using FlowNexus.Engine.Logs;

namespace FlowNexus.Tests.Logs;

public sealed class LogRedactionTests
{
    [Theory]
    [InlineData("Authorization: Bearer canary-0123456789")]
    [InlineData("sent authorization=Basic Y2FuYXJ5OmNhbmFyeQ==canary")]
    [InlineData("Cookie: theme=dark; session=canary; other=canary")]
    [InlineData("{\"Set-Cookie\": \"sid=canary; Path=/\"}")]
    [InlineData("GET https://host/path?page=2&api_key=canary&x=1")]
    [InlineData("GET https://host/path?key=canary")]
    [InlineData("GET https://host/path?sig=canary&X-Amz-Signature=canary")]
    [InlineData("postgres://user:canary@host/db")]
    [InlineData("Host=db;Username=me;Password=canary;Port=5432")]
    [InlineData("{\"client_secret\":\"canary\",\"name\":\"x\"}")]
    [InlineData("access_token: canary")]
    [InlineData("the token eyJjYW5hcnk.eyJjYW5hcnkiOjF9.canary was refused")]
    [InlineData("it is sk-canarycanarycanary0")]
    [InlineData("X-Api-Key: canary")]
    public void Text_WithACredential_HidesIt(string line)
    {
        var shown = new LogRedaction().Text(line);
        Assert.DoesNotContain("canary", shown, StringComparison.Ordinal);
        Assert.Contains(LogRedaction.Mark, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Read 1,000 rows from customer_analytics.")]
    [InlineData("Step 'tokenise' gave 512 tokens: 16 kept, 496 dropped")]
    [InlineData("GET https://host/path?page=2&sort=key answered 200")]
    [InlineData("The key column id joins 3 tables; keys=12")]
    [InlineData("Author: Ada; secretary: Bob")]
    public void Text_WithoutACredential_StaysAsItIs(string line) => Assert.Equal(line, new LogRedaction().Text(line));

    [Fact]
    public void Text_WithAHiddenValue_HidesItWhereverItStands()
    {
        var redaction = new LogRedaction();
        redaction.Hide("hunter2-long");
        redaction.Hide("hunter2");
        redaction.Hide("abc");
        Assert.Equal("It said: [redacted]! abc [redacted]", redaction.Text("It said: hunter2-long! abc hunter2"));
    }

    [Fact]
    public void Fields_WithTellingNames_AreHiddenAtAnyDepth()
    {
        var fields = JsonNode.Parse("""{"rows":3,"authorization":"canary","inner":{"db.password":"canary","list":[{"apiKey":"canary"},"Bearer canary-01234"]},"user_token":["canary"],"author":"Ada"}""")!.AsObject();
        var shown = new LogRedaction().Fields(fields);
        Assert.DoesNotContain("canary", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((3, "Ada"), (shown["rows"]!.GetValue<int>(), shown["author"]!.GetValue<string>()));
        Assert.Contains("canary", fields.ToJsonString(), StringComparison.Ordinal);
    }
}
