using System.Text.Json.Nodes;

namespace FlowNexus.Web.Features.Designer.Inspector;

/// <summary>Schemas of the workflow's own fields.</summary>
internal static class WorkflowSchemas
{
    public static readonly JsonObject About = StepSchemas.Parse("""
        {
          "type": "object",
          "required": ["name"],
          "properties": {
            "name": { "type": "string", "title": "Name" },
            "description": { "type": "string", "title": "Description", "x-editor": "multiline" },
            "priority": { "title": "Priority", "type": ["string", "integer"], "description": "low, normal, high, critical, or 0 to 10; higher is sooner.", "examples": ["normal", "high", 7] },
            "metadata": { "type": "object", "title": "Labels", "description": "Such as team, project, environment." }
          }
        }
        """);

    public static readonly JsonObject Errors = StepSchemas.Parse("""
        {
          "type": "object",
          "properties": {
            "on_failure": { "type": "string", "title": "When a step has failed for good", "enum": ["fail", "continue", "pause", "retry_with_different_agent"], "default": "fail" },
            "max_retries": { "type": "integer", "title": "Retries of the whole execution", "minimum": 0, "maximum": 100, "default": 0, "description": "Each reopens the failed step once." },
            "notification": { "type": "boolean", "title": "Notify", "default": false }
          }
        }
        """);

    public static readonly JsonObject Running = StepSchemas.Parse("""
        {
          "type": "object",
          "properties": {
            "parallel_execution": { "type": "boolean", "title": "Steps run side by side", "default": true },
            "max_concurrent_steps": { "type": "integer", "title": "Steps at the same time", "minimum": 1, "maximum": 1000, "default": 10 },
            "execution_timeout": { "type": ["number", "string"], "title": "Timeout of an execution", "x-unit": "s", "examples": [3600, "2h"] },
            "concurrency": { "title": "Executions at the same time", "description": "A number, or {limit, key}. Empty: as the queue allows.", "examples": [1, 5] },
            "queue_ttl": { "type": ["number", "string"], "title": "Longest wait in the queue", "x-unit": "s", "description": "Then it goes to the dead letters." },
            "durability": { "type": "string", "title": "Commits", "enum": ["group", "step"], "default": "group", "description": "step: each step in a commit of its own." },
            "agent_tier_preference": { "type": "string", "title": "Agents", "enum": ["cost_optimized", "balanced", "performance"], "default": "balanced" }
          }
        }
        """);

    public static readonly JsonObject Schedule = StepSchemas.Parse("""
        {
          "type": "object",
          "required": ["cron"],
          "properties": {
            "cron": { "type": "string", "title": "Schedule (cron)", "description": "Five or six fields, or @daily. With both day fields set, both must match.", "examples": ["0 9 * * MON"] },
            "time_zone": { "type": "string", "title": "Time zone", "default": "UTC", "examples": ["Europe/Berlin"] },
            "missed": { "type": "string", "title": "Missed while nothing ran", "enum": ["skip", "last"], "default": "skip" },
            "input": { "type": "object", "title": "Input data" }
          }
        }
        """);

    public static readonly JsonObject Webhook = StepSchemas.Parse("""
        {
          "type": "object",
          "required": ["url"],
          "properties": {
            "url": { "type": "string", "title": "Address", "examples": ["/api/trigger/orders"] },
            "method": { "type": "string", "title": "Method", "enum": ["POST", "PUT", "GET"], "default": "POST" },
            "auth_required": { "type": "boolean", "title": "Needs a credential", "default": true },
            "input": { "type": "object", "title": "Input data" }
          }
        }
        """);

    public static readonly JsonObject Upload = StepSchemas.Parse("""
        { "type": "object", "required": ["path"], "properties": { "path": { "type": "string", "title": "Files", "description": "A pattern with *, ** and ?.", "examples": ["/data/incoming/*.csv"] }, "input": { "type": "object", "title": "Input data" } } }
        """);

    public static readonly JsonObject Event = StepSchemas.Parse("""
        { "type": "object", "required": ["event_type"], "properties": { "event_type": { "type": "string", "title": "Event type" }, "input": { "type": "object", "title": "Input data" } } }
        """);
}
