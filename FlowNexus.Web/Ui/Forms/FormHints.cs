using FlowNexus.Engine.Expressions.Preview;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>What the page around a form knows and the form may offer.</summary>
public sealed record FormHints
{
    /// <summary>What expressions of this step can use.</summary>
    public IReadOnlyList<DataInReach> Reach { get; init; } = [];

    /// <summary>What an expression gives with the data of a past execution; null when there is nothing to try it on.</summary>
    public Func<PreviewText, CancellationToken, Task<ExpressionPreview>>? PreviewAsync { get; init; }

    public IReadOnlyList<string> StepNames { get; init; } = [];

    /// <summary>Path labels that steps carry: targets of branches beside the steps' names.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public IReadOnlyList<string> AgentTypes { get; init; } = [];

    public IReadOnlyList<NamedChoice> Workflows { get; init; } = [];
}

/// <summary>Something that is stored by its id and known by its name.</summary>
public sealed record NamedChoice(string Id, string Name);
