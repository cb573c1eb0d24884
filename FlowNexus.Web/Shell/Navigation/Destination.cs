using FlowNexus.Web.Ui.Icons;

namespace FlowNexus.Web.Shell.Navigation;

/// <summary>A place in the rail. Only what exists stands here.</summary>
/// <param name="Key">Pressed after <c>g</c>, it leads there.</param>
internal sealed record Destination(string Title, string Icon, string Href, char Key)
{
    public static readonly IReadOnlyList<Destination> All =
    [
        new("Dashboard", Glyph.Dashboard, "/", 'd'),
        new("Workflows", Glyph.Workflow, "workflows", 'w'),
        new("Executions", Glyph.Execution, "executions", 'e'),
        new("Queues", Glyph.Queue, "queues", 'q'),
        new("System", Glyph.Pulse, "system", 's'),
    ];
}
