using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Sandbox;

/// <summary>Runs code in a confined process.</summary>
public sealed class SandboxStep : StepType
{
    public static readonly IReadOnlyList<string> Languages = ["bash", "python3", "node"];

    public override string Name => "sandbox";

    public override string Title => "Sandbox";

    public override string Summary => "Runs a script in a process of its own, without network and with limits.";

    public override StepFamily Family => StepFamily.Code;

    public override double DeclaredSeconds => 30;

    public override string NotAvailable => "the sandbox is not part of this version.";

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "anyOf": [{ "required": ["template"] }, { "required": ["code"] }],
          "properties": {
            "template": { "type": "string", "maxLength": 100, "title": "Template", "description": "Name of a prepared sandbox, such as production-api." },
            "language": { "enum": ["bash", "python3", "node"], "title": "Language", "description": "Needed with code." },
            "code": { "type": "string", "x-editor": "code", "maxLength": 200000, "title": "Code" },
            "network": { "type": "boolean", "default": false, "title": "Network", "description": "Whether the script may reach the network." },
            "memory_mb": { "type": "integer", "minimum": 16, "maximum": 16384, "default": 256, "title": "Memory", "description": "Limit in megabytes." },
            "cpu_seconds": { "type": "integer", "minimum": 1, "maximum": 86400, "default": 60, "title": "CPU time", "description": "Limit in seconds." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        if (!settings.Has("template") && !settings.Has("code"))
            report(new ProblemDetail("", "required", "A sandbox step needs 'template' or 'code'.") { Allowed = ["template", "code"] });
        if (settings.Text("template") is { } template && (template.Trim().Length == 0 || template.Length > 100))
            settings.Report("template", "too_long", "'template' must have 1 to 100 characters.");
        if (settings.Text("code") is { Length: > 200_000 }) settings.Report("code", "too_long", "'code' may have at most 200,000 characters.");
        if (settings.Has("code") && !settings.Has("language")) settings.Report("language", "required", "'code' needs 'language'.", allowed: Languages);
        settings.Choice("language", Languages);
        settings.Flag("network");
        settings.Number("memory_mb", 16, 16_384, whole: true);
        settings.Number("cpu_seconds", 1, 86_400, whole: true);
    }

    public override IStepBehaviour Prepare(StepDefinition step) =>
        throw new ProblemException(ProblemCodes.WorkflowNotActive, $"Step '{step.Name}' cannot run: {NotAvailable}");
}
