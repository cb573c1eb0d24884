using System.Text.Json.Nodes;

namespace FlowNexus.Web.Features.Designer.Inspector;

/// <summary>Schemas of the fields that every step has, for the same forms that settings have.</summary>
internal static class StepSchemas
{
    public static readonly JsonObject About = Parse("""
        {
          "type": "object",
          "properties": {
            "description": { "type": "string", "title": "What it does", "x-editor": "multiline" }
          }
        }
        """);

    public static readonly JsonObject Agent = Parse("""
        {
          "type": "object",
          "properties": {
            "agent_type": { "type": "string", "title": "Agent type", "x-editor": "agent_type", "description": "Empty: the best match for the step." },
            "fallback_agent_type": { "type": "string", "title": "Then try", "x-editor": "agent_type", "description": "Once, when the retries are spent." },
            "validation_threshold": { "type": "number", "title": "Lowest accepted score", "minimum": 0, "maximum": 1, "description": "The step fails when its output's score is below." },
            "score_path": { "type": "string", "title": "Where the score stands", "description": "A dotted path in the output; score by default." }
          }
        }
        """);

    public static readonly JsonObject Flow = Parse("""
        {
          "type": "object",
          "properties": {
            "depends_on": { "type": "array", "items": { "type": "string" }, "title": "Follows", "x-editor": "step_name", "description": "Starts when these have ended." },
            "join": { "title": "When it follows several", "description": "all, any, or how many must complete. Empty: all that were not skipped.", "examples": ["all", "any", 2] },
            "stragglers": { "type": "string", "title": "The others, once enough have completed", "enum": ["run", "cancel"] },
            "path": { "type": "string", "title": "Path", "description": "A label that a branch may lead to instead of the step's name." },
            "on_error": { "type": "string", "title": "On error, go to", "x-editor": "step_name", "description": "Runs only when this step has failed for good; the failure then counts as handled." },
            "exclusive": { "type": "string", "title": "Section", "description": "Of the steps that name the same section, one runs at a time." }
          }
        }
        """);

    public static readonly JsonObject Reliability = Parse("""
        {
          "type": "object",
          "properties": {
            "retry_attempts": { "type": "integer", "title": "Retries", "minimum": 0, "maximum": 100, "default": 0, "description": "After the first attempt." },
            "timeout": { "type": ["number", "string"], "title": "Timeout", "x-unit": "s", "description": "Of one attempt: seconds, or 30s, 5m, 2h.", "examples": [60, "5m"] },
            "on_lost": { "type": "string", "title": "An attempt lost in a crash", "enum": ["retry", "fail"], "default": "retry", "description": "fail: the step runs at most once." }
          }
        }
        """);

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
