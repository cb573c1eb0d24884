using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Workflows;

public sealed class WorkflowDefinitionReaderTests
{
    private const string Step = """{"name":"a","type":"agent"}""";

    [Theory]
    [InlineData("""{"steps":[STEP]}""", "/name", "required")]
    [InlineData("""{"name":"   ","steps":[STEP]}""", "/name", "too_short")]
    [InlineData("""{"name":7,"steps":[STEP]}""", "/name", "type")]
    [InlineData("""{"name":"w"}""", "/steps", "required")]
    [InlineData("""{"name":"w","steps":[]}""", "/steps", "too_few")]
    [InlineData("""{"name":"w","steps":{}}""", "/steps", "type")]
    [InlineData("""{"name":"w","steps":[7]}""", "/steps/0", "type")]
    [InlineData("""{"name":"w","steps":[STEP],"priority":11}""", "/priority", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"priority":"urgent"}""", "/priority", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"status":"drfat"}""", "/status", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"metadata":[]}""", "/metadata", "type")]
    [InlineData("""{"name":"w","steps":[STEP],"error_handling":{"on_failure":"explode"}}""", "/error_handling/on_failure", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"error_handling":{"max_retries":101}}""", "/error_handling/max_retries", "too_large")]
    [InlineData("""{"name":"w","steps":[STEP],"error_handling":{"notification":"yes"}}""", "/error_handling/notification", "type")]
    [InlineData("""{"name":"w","steps":[STEP],"configuration":{"max_concurrent_steps":0}}""", "/configuration/max_concurrent_steps", "too_small")]
    [InlineData("""{"name":"w","steps":[STEP],"configuration":{"execution_timeout":"5 parsecs"}}""", "/configuration/execution_timeout", "unit")]
    [InlineData("""{"name":"w","steps":[STEP],"configuration":{"durability":"none"}}""", "/configuration/durability", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"configuration":{"agent_tier_preference":"cheap"}}""", "/configuration/agent_tier_preference", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"input_schema":{"type":"objekt"}}""", "/input_schema/type", "json_schema")]
    [InlineData("""{"name":"w","steps":[STEP],"input_schema":{"$ref":"https://example.com/s.json"}}""", "/input_schema/$ref", "json_schema")]
    [InlineData("""{"name":"w","steps":[STEP],"input_schema":{"properties":{"x":{"$ref":"#/$defs/y"}}}}""", "/input_schema/properties/x/$ref", "json_schema")]
    [InlineData("""{"name":"w","steps":[STEP],"input_schema":{"$ref":"#"}}""", "/input_schema", "json_schema")]
    [InlineData("""{"name":"w","steps":[STEP],"input_schema":{"properties":{"x":{"pattern":"("}}}}""", "/input_schema", "json_schema")]
    [InlineData("""{"name":"w","steps":[{"name":"a"}]}""", "/steps/0/type", "required")]
    [InlineData("""{"name":"w","steps":[{"type":"agent"}]}""", "/steps/0/name", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agnet"}]}""", "/steps/0/type", "not_allowed")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","timeout":0}]}""", "/steps/0/timeout", "too_small")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","timeout":1800000}]}""", "/steps/0/timeout", "too_large")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","timeout":"30x"}]}""", "/steps/0/timeout", "unit")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","retry_attempts":1.5}]}""", "/steps/0/retry_attempts", "type")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","retry_attempts":-1}]}""", "/steps/0/retry_attempts", "too_small")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","validation_threshold":1.1}]}""", "/steps/0/validation_threshold", "too_large")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","depends_on":"b"}]}""", "/steps/0/depends_on", "type")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","depends_on":[1]}]}""", "/steps/0/depends_on/0", "type")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","depends_on":["a"]}]}""", "/steps/0/depends_on/0", "self_loop")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","on_error":"a"}]}""", "/steps/0/on_error", "self_loop")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","on_error":"b"}]}""", "/steps/0/on_error", "unknown_step")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","on_error":"b"},{"name":"b","type":"agent","depends_on":["a"]}]}""", "/steps/0/on_error", "contradiction")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","depends_on":["b"],"on_error":"c"},{"name":"b","type":"agent","depends_on":["c"]},{"name":"c","type":"agent"}]}""", "/steps/0/depends_on", "cycle")]
    [InlineData("""{"name":"w","steps":[STEP,{"name":"b","type":"agent","on_error":"a"}]}""", "/steps/0", "branch_backwards")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"agent","on_lost":"panic"}]}""", "/steps/0/on_lost", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP,STEP]}""", "/steps/1/name", "duplicate_name")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"conditional"}]}""", "/steps/0/conditions", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"conditional","conditions":[]}]}""", "/steps/0/conditions", "too_few")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"conditional","conditions":["x"]}]}""", "/steps/0/conditions/0", "type")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"conditional","conditions":[{"if":"x > ","then":"p"}]}]}""", "/steps/0/conditions/0/if", "expression")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"conditional","conditions":[{"if":"true"}]}]}""", "/steps/0/conditions/0/then", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"conditional","conditions":[{"if":"true","then":"a"}]}]}""", "/steps/0/conditions", "self_loop")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"conditional","path":"p","conditions":[{"if":"true","then":"p"}]}]}""", "/steps/0/conditions", "self_loop")]
    [InlineData("""{"name":"w","steps":[STEP,{"name":"b","type":"conditional","conditions":[{"if":"true","then":"a"}]}]}""", "/steps/0", "branch_backwards")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":["clock"]}""", "/triggers/0", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[7]}""", "/triggers/0", "type")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{}]}""", "/triggers/0/type", "required")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"schedule"}]}""", "/triggers/0/cron", "required")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"schedule","cron":"every monday"}]}""", "/triggers/0/cron", "cron")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"schedule","cron":"61 * * * *"}]}""", "/triggers/0/cron", "cron")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"schedule","cron":"@daily","time_zone":"Mars/Olympus"}]}""", "/triggers/0/time_zone", "time_zone")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"schedule","cron":"@daily","missed":"all"}]}""", "/triggers/0/missed", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"webhook","url":"/hooks/x"}]}""", "/triggers/0/url", "url")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"webhook","url":"/api/trigger/../x"}]}""", "/triggers/0/url", "url")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"webhook","url":"/api/trigger/x","method":"DELETE"}]}""", "/triggers/0/method", "not_allowed")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"webhook","url":"/api/trigger/x"},{"type":"webhook","url":"/api/trigger/x"}]}""", "/triggers/1/url", "duplicate_url")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"file_upload","path":"/data/../etc/*"}]}""", "/triggers/0/path", "path")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"file_upload","path":"data/*"}]}""", "/triggers/0/path", "path")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"file_upload"}]}""", "/triggers/0/path", "required")]
    [InlineData("""{"name":"w","steps":[STEP],"triggers":[{"type":"event"}]}""", "/triggers/0/event_type", "required")]
    [InlineData("""{"name":"w","steps":[STEP],"description":"a\u0000b"}""", "/description", "nul")]
    [InlineData("""{"name":"w","steps":[STEP],"metadata":{"x\u0000":1}}""", "/metadata/x\0", "nul")]
    [InlineData("""{"name":"w","steps":[STEP],"description":"\ud800"}""", "/description", "invalid_text")]
    [InlineData("""{"name":"w","steps":[STEP],"metadata":{"a":1,"a":2}}""", "/metadata", "duplicate_field")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"neural"}]}""", "/steps/0/architecture", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"neural","config":{"architecture":"gpt","epochs":0}}]}""", "/steps/0/config/architecture", "not_allowed")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"sandbox"}]}""", "/steps/0", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"sandbox","code":"ls"}]}""", "/steps/0/language", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"delay"}]}""", "/steps/0", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"delay","config":{"duration":"5 fortnights"}}]}""", "/steps/0/config/duration", "unit")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"delay","duration":"999d"}]}""", "/steps/0/duration", "too_large")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"delay","until":"tomorrow"}]}""", "/steps/0/until", "date_time")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"transform"}]}""", "/steps/0", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"transform","set":{"x":["{{ 1 + }}"]}}]}""", "/steps/0/set/x/0", "expression")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"transform","set":{"x":"{{ steps.b.output }}"}}]}""", "/steps/0/set/x", "unknown_step")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"transform","set":{"x":"{{ steps.b.output }}"}},{"name":"b","type":"agent"}]}""", "/steps/0/set/x", "not_upstream")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"validation"}]}""", "/steps/0/validation_rules", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"validation","validation_rules":["not_emty"]}]}""", "/steps/0/validation_rules/0", "not_allowed")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"validation","validation_rules":[{"rule":"range","column":"x"}]}]}""", "/steps/0/validation_rules/0", "required")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"validation","validation_rules":[{"rule":"regex","column":"x","pattern":"(?=a)"}]}]}""", "/steps/0/validation_rules/0/pattern", "pattern")]
    [InlineData("""{"name":"w","steps":[{"name":"a","type":"validation","validation_rules":[{"rule":"json_schema","schema":{"type":1}}]}]}""", "/steps/0/validation_rules/0/schema/type", "json_schema")]
    public void Definition_BreakingARule_IsRefusedWithPointerAndRule(string json, string pointer, string rule)
    {
        var read = Catalogues.Read(json.Replace("STEP", Step));
        Assert.Null(read.Definition);
        Assert.Contains(read.Errors, error => error.Pointer == pointer && error.Rule == rule);
        Assert.All(read.Errors, error => Assert.NotEmpty(error.Message));
    }

    [Fact]
    public void Definition_WithManyProblems_ReportsAllAtOnce()
    {
        var read = Catalogues.Read("""{"steps":[{"name":"a","type":"agent","timeout":-1},{"name":"a","type":"agent","depends_on":["x"]}],"priority":99,"triggers":["x"]}""");
        Assert.Equal(["/name", "/priority", "/steps/0/timeout", "/steps/1/depends_on/0", "/steps/1/name", "/triggers/0"], read.Errors.Select(error => error.Pointer).Order());
        var failure = Assert.Throws<ProblemException>(read.Require);
        Assert.Equal(ProblemCodes.InvalidDefinition, failure.Problem.Code);
        Assert.Equal(6, failure.Problem.Details.Count);
    }

    [Fact]
    public void UnknownDependency_GetsASuggestion()
    {
        var read = Catalogues.Read("""{"name":"w","steps":[{"name":"extract","type":"agent"},{"name":"b","type":"agent","depends_on":["exrtact"]}]}""");
        Assert.Equal("Did you mean 'extract'?", Assert.Single(read.Errors).Hint);
    }

    [Fact]
    public void StepWithAWrongType_IsNotAlsoReportedAsMissing()
    {
        var read = Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"x"},{"name":"b","type":"agent","depends_on":["a"]}]}""");
        Assert.Equal("/steps/0/type", Assert.Single(read.Errors).Pointer);
    }

    [Fact]
    public void Cycle_IsPrinted()
    {
        var read = Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"agent","depends_on":["c"]},{"name":"b","type":"agent","depends_on":["a"]},{"name":"c","type":"agent","depends_on":["b"]},{"name":"d","type":"agent"}]}""");
        var error = Assert.Single(read.Errors);
        Assert.Equal("cycle", error.Rule);
        Assert.Contains("a → b → c → a", error.Message);
    }

    [Fact]
    public void CycleThroughABranch_IsFound()
    {
        var read = Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"agent"},{"name":"c","type":"conditional","depends_on":["a"],"conditions":[{"if":"true","then":"a"}]}]}""");
        Assert.Contains("a → c → a", Assert.Single(read.Errors).Message);
    }

    [Fact]
    public void LongChainAndTooManySteps_DoNotExhaustTheStack()
    {
        JsonObject Workflow(int count) => new()
        {
            ["name"] = "w",
            ["steps"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject { ["name"] = $"s{i}", ["type"] = "agent", ["depends_on"] = i == 0 ? new JsonArray() : new JsonArray($"s{i - 1}") })]),
        };
        Assert.Empty(new WorkflowDefinitionReader(Catalogues.All).Read(Workflow(5000)).Errors);
        Assert.Equal("too_many", new WorkflowDefinitionReader(Catalogues.All).Read(Workflow(5001)).Errors[0].Rule);
    }

    [Fact]
    public void DocumentOver5Megabytes_IsRefused() =>
        Assert.Equal("too_large", Assert.Single(Catalogues.Read($$$"""{"name":"w","steps":["x"],"metadata":{"x":"{{{new string('x', 5_000_000)}}}"}}""").Errors).Rule);

    [Fact]
    public void StepsAndTriggersAsText_GetNamesAndDefaults()
    {
        var read = Catalogues.Read("""{"name":"Nightly Load!","steps":["Validate input data","validate input data",{"name":"validate_input_data_3","type":"agent"},"2 go","…"],"triggers":["webhook","schedule","file_upload","event"]}""");
        var definition = read.Require();
        Assert.Equal(["validate_input_data", "validate_input_data_2", "validate_input_data_3", "step_2_go", "step"], definition.Steps.Select(step => step.Name));
        Assert.Equal("Validate input data", definition.Steps[0].Description);
        Assert.Equal("/api/trigger/nightly-load", definition.Triggers[0].Url);
        Assert.True(definition.Triggers[0].AuthRequired);
        Assert.Equal("@daily", definition.Triggers[1].Cron);
        Assert.Equal("/nightly-load/*", definition.Triggers[2].Path);
        Assert.Equal("nightly-load.requested", definition.Triggers[3].EventType);
        Assert.Equal("Validate input data", definition.Source["steps"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/hooks/train", "/api/trigger/hooks/train")]
    [InlineData("training", "/api/trigger/training")]
    [InlineData("https://example.com/api/trigger/a b?x=1", "/api/trigger/a-20b")]
    [InlineData("/api/trigger/../../etc", "/api/trigger/etc")]
    public void WebhookUrlOutsideItsRoot_IsCorrectedInTheHint(string url, string corrected)
    {
        var read = Catalogues.Read($$"""{"name":"w","steps":["x"],"triggers":[{"type":"webhook","url":"{{url}}"}]}""");
        Assert.Equal($"Use '{corrected}'.", Assert.Single(read.Errors).Hint);
    }

    [Theory]
    [InlineData("0 9 * * 1")]
    [InlineData("*/10 0 9 * * MON-FRI")]
    [InlineData("@hourly")]
    [InlineData("0 0 L * *")]
    public void Schedule_WithEveryForm_IsAccepted(string cron) =>
        Assert.Empty(Catalogues.Read($$"""{"name":"w","steps":["x"],"triggers":[{"type":"schedule","cron":"{{cron}}","time_zone":"Europe/Berlin","missed":"last"}]}""").Errors);

    [Fact]
    public void UnknownFields_WarnAndSurvive()
    {
        const string json = """{"name":"w","steps":[{"name":"a","type":"agent","retry_attempt":3,"x_note":[1]}],"prioritty":5,"z":{"deep":[1.50,1e3]}}""";
        var read = Catalogues.Read(json);
        Assert.Equal(json, CanonicalJson.Write(read.Require().Source));
        Assert.Equal(["/steps/0/retry_attempt", "/steps/0/x_note", "/prioritty", "/z"], read.Warnings.Where(warning => warning.Rule == "unknown_field").Select(warning => warning.Pointer));
        Assert.Contains(read.Warnings, warning => warning.Hint == "Did you mean 'retry_attempts'?");
        Assert.Contains(read.Warnings, warning => warning.Hint == "Did you mean 'priority'?");
    }

    [Fact]
    public void MisspelledSetting_WarnsWithASuggestion()
    {
        var warnings = Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"neural","config":{"architecture":"cnn","epoch":5}}]}""").Warnings;
        Assert.Equal("Did you mean 'epochs'?", Assert.Single(warnings, warning => warning.Pointer == "/steps/0/config/epoch").Hint);
    }

    [Fact]
    public void UnknownAgentType_Warns()
    {
        var warning = Assert.Single(Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"agent","agent_type":"resercher"}]}""").Warnings);
        Assert.Equal(("/steps/0/agent_type", "unknown_agent_type", "Did you mean 'researcher'?"), (warning.Pointer, warning.Rule, warning.Hint));
    }

    [Fact]
    public void ParallelExecutionInListedOrder_Warns() =>
        Assert.Equal("nothing_to_parallelise", Assert.Single(Catalogues.Read("""{"name":"w","steps":["x","y"],"configuration":{"parallel_execution":true}}""").Warnings).Rule);

    [Fact]
    public void Durations_TakeUnits()
    {
        var definition = Catalogues.Read("""{"name":" w ","steps":[{"name":"a","type":"agent","timeout":"30m"}],"priority":"high","configuration":{"execution_timeout":"2h","durability":"step"}}""").Require();
        Assert.Equal("w", definition.Name);
        Assert.Equal(1800, definition.Steps[0].TimeoutSeconds);
        Assert.Equal(7200, definition.Configuration.ExecutionTimeoutSeconds);
        Assert.Equal("step", definition.Configuration.Durability);
        Assert.Equal(8, definition.Priority.Value);
        Assert.Equal(5, Priority.TryRead(JsonValue.Create(5), out var priority) ? priority.Value : -1);
    }

    [Fact]
    public void BranchToAPathThatStepsCarry_DoesNotWarn() =>
        Assert.Empty(Catalogues.Read("""{"name":"w","steps":[{"name":"c","type":"conditional","depends_on":[],"conditions":[{"if":"true","then":"big"}]},{"name":"b","type":"agent","path":"big","depends_on":["c"]}]}""").Warnings);
}
