using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;
using FlowNexus.Web.Features.Designer.Drawing;
using FlowNexus.Web.Ui.Icons;

namespace FlowNexus.Web.Features.Designer.Palette;

/// <summary>One entry of the palette: a type of step, and for agents what they are for.</summary>
/// <param name="Stem">What a new one is called.</param>
public sealed record PaletteItem(string Type, string Title, string Summary, string Group, string Family, string Icon, string Stem)
{
    private static readonly (string Agent, string Title, string Summary)[] Agents =
    [
        ("researcher", "Research", "An agent of type researcher: fetches and looks at data."),
        ("analyst", "Analyse", "An agent of type analyst: cleans, aggregates, finds what matters."),
        ("coder", "Write or code", "An agent of type coder: reports and texts from given data."),
        ("tester", "Check", "An agent of type tester: checks and compares."),
    ];

    // What a new step of a type begins with, so that it has its ports or can run as it is.
    private static readonly Dictionary<string, string> Beginnings = new(StringComparer.Ordinal)
    {
        ["conditional"] = """{"conditions":[{"if":"","then":""}]}""",
        ["switch"] = """{"cases":[{"equals":"","then":""}]}""",
        ["delay"] = """{"duration":"1m"}""",
        ["transform"] = """{"set":{}}""",
        ["validation"] = """{"validation_rules":["not_empty"]}""",
    };

    private static readonly Dictionary<string, (string Stem, string Words)> Known = new(StringComparer.Ordinal)
    {
        ["agent"] = ("task", "ai work"), ["conditional"] = ("check", "if branch decide gateway"), ["switch"] = ("choose", "case branch route"), ["delay"] = ("wait", "sleep pause timer"),
        ["transform"] = ("transform", "map set filter code expression"), ["http_request"] = ("request", "web api call url webhook get post"), ["validation"] = ("validate", "check quality rules"),
        ["for_each"] = ("each", "loop map items iterate"), ["sub_workflow"] = ("run_workflow", "call child"), ["wait_for_signal"] = ("wait_for", "approve human signal event"), ["end"] = ("end", "stop finish return"),
        ["neural"] = ("train", "machine learning model"), ["sandbox"] = ("script", "code run python bash node"),
    };

    /// <summary>Why a workflow with it cannot be activated yet; null when it can.</summary>
    public string? NotAvailable { get; private init; }

    /// <summary>What a new one has beside its type.</summary>
    public JsonObject? Settings { get; private init; }

    private string Words { get; init; } = "";

    public bool Matches(string search) =>
        search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Title.Contains(word, StringComparison.OrdinalIgnoreCase) || Type.Contains(word, StringComparison.OrdinalIgnoreCase) || Words.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is added by the word that the canvas carries: a type of step, or <c>agent:analyst</c>.</summary>
    public static (string Type, string Stem, JsonObject? Settings) Named(string word)
    {
        var parts = word.Split(':', 2);
        var stem = Known.GetValueOrDefault(parts[0], (parts[0], "")).Item1;
        return (parts[0], stem, parts.Length == 2 ? new JsonObject { ["agent_type"] = parts[1] } : Beginning(parts[0]));
    }

    /// <summary>The word for <see cref="Named"/>.</summary>
    public string Word => Settings?["agent_type"] is { } agent ? $"{Type}:{agent}" : Type;

    /// <summary>Agents first, then by family; what cannot run yet comes last.</summary>
    public static IReadOnlyList<PaletteItem> All(StepCatalogue catalogue)
    {
        var types = catalogue.Types.Select(Of).OrderBy(item => item.NotAvailable is not null).ThenBy(item => Order(item.Family)).ThenBy(item => item.Title, StringComparer.Ordinal).ToList();
        var agent = types.First(item => item.Type == "agent");
        var agents = Agents.Select(known => agent with { Title = known.Title, Summary = known.Summary, Settings = new JsonObject { ["agent_type"] = known.Agent }, Words = known.Agent });
        return [.. agents, agent with { Title = "Any agent" }, .. types.Where(item => item.Type != "agent")];
    }

    private static PaletteItem Of(StepType type)
    {
        var (stem, words) = Known.GetValueOrDefault(type.Name, (type.Name, ""));
        var family = WorkflowDrawing.FamilyOf(type.Family);
        return new PaletteItem(type.Name, type.Title, type.Summary, Heading(type.Family), family, Glyph.Named(StepGlyph.Of(type.Name, type.Family)), stem) { NotAvailable = type.NotAvailable, Words = words, Settings = Beginning(type.Name) };
    }

    private static JsonObject? Beginning(string type) => Beginnings.TryGetValue(type, out var json) ? (JsonObject)JsonNode.Parse(json)! : null;

    private static int Order(string family) => Array.IndexOf(["agent", "control", "data", "people", "code", "output"], family);

    private static string Heading(StepFamily family) => family switch
    {
        StepFamily.Agent => "Agents",
        StepFamily.Control => "Control",
        StepFamily.Data => "Data",
        StepFamily.Code => "Code",
        StepFamily.People => "People",
        _ => "Output",
    };
}
