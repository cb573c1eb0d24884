namespace FlowNexus.Tests.Scenarios.Faults.Sweep;

/// <summary>The workflows that the sweep kills, each with an effect outside and a commit for every step.</summary>
internal static class Shapes
{
    public const string Child = """{"name":"child","configuration":{"durability":"step"},"steps":[{"name":"n","type":"transform","set":{"n":1}},{"name":"call","type":"http_request","method":"POST","url":"EFFECTS/effect"}]}""";

    public static readonly IReadOnlyList<string> Names = ["branch", "join", "retry", "timer", "for_each", "sub_workflow"];

    public static string Definition(string shape, string effects) =>
        $$"""{"name":"{{shape}}","configuration":{"durability":"step"},"steps":[{{Steps(shape)}}]}""".Replace("EFFECTS", effects, StringComparison.Ordinal);

    private static string Steps(string shape) => shape switch
    {
        "branch" => """
            {"name":"a","type":"transform","set":{"n":"{{ input.n + 1 }}"}},
            {"name":"which","type":"conditional","conditions":[{"if":"steps.a.output.n > 1","then":"yes","else":"no"}],"depends_on":["a"]},
            {"name":"yes","type":"agent","agent_type":"researcher","description":"Extract data from multiple sources","depends_on":["which"]},
            {"name":"no","type":"transform","set":{"n":0},"depends_on":["which"]},
            {"name":"call","type":"http_request","method":"POST","url":"EFFECTS/effect","depends_on":["yes","no"]}
            """,
        "join" => """
            {"name":"a","type":"http_request","method":"POST","url":"EFFECTS/effect","depends_on":[]},
            {"name":"b","type":"agent","agent_type":"researcher","description":"Extract data from multiple sources","depends_on":[]},
            {"name":"c","type":"delay","duration":"100ms","depends_on":[]},
            {"name":"both","type":"transform","set":{"n":1},"depends_on":["a","b"]},
            {"name":"all","type":"http_request","method":"POST","url":"EFFECTS/effect","depends_on":["both","c"]}
            """,
        "retry" => """
            {"name":"flaky","type":"http_request","method":"POST","url":"EFFECTS/flaky","retry_attempts":2},
            {"name":"after","type":"transform","set":{"n":1}}
            """,
        "timer" => """
            {"name":"before","type":"transform","set":{"n":1}},
            {"name":"nap","type":"delay","duration":"300ms"},
            {"name":"call","type":"http_request","method":"POST","url":"EFFECTS/effect"}
            """,
        "for_each" => """
            {"name":"pure","type":"for_each","items":{"from":1,"to":3},"step":{"type":"transform","value":"{{ item * 2 }}"}},
            {"name":"calls","type":"for_each","items":{"from":1,"to":3},"concurrency":2,"step":{"type":"http_request","method":"POST","url":"EFFECTS/effect"}},
            {"name":"children","type":"for_each","items":{"from":1,"to":2},"concurrency":1,"workflow":"child"}
            """,
        "sub_workflow" => """
            {"name":"before","type":"transform","set":{"n":1}},
            {"name":"child","type":"sub_workflow","workflow":"child","input":{"n":"{{ steps.before.output.n }}"}},
            {"name":"after","type":"http_request","method":"POST","url":"EFFECTS/effect"}
            """,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "No such shape."),
    };
}
