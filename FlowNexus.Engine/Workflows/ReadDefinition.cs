using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows;

/// <summary>What came of reading a definition.</summary>
/// <param name="Definition">Null when there are errors.</param>
/// <param name="Errors">Everything that has to change before the definition can be saved.</param>
/// <param name="Warnings">What people should see although the definition is accepted.</param>
public sealed record ReadDefinition(WorkflowDefinition? Definition, IReadOnlyList<ProblemDetail> Errors, IReadOnlyList<ProblemDetail> Warnings)
{
    /// <summary>Rule of the warnings that forbid activation: the workflow stays a draft.</summary>
    public const string NotAvailableRule = "not_available";

    /// <summary>Why the workflow cannot be activated, one entry a step; empty when it can.</summary>
    public IEnumerable<ProblemDetail> ActivationProblems => Warnings.Where(warning => warning.Rule == NotAvailableRule);

    /// <exception cref="ProblemException">INVALID_DEFINITION with every error.</exception>
    public WorkflowDefinition Require()
    {
        if (Definition is not null) return Definition;
        var more = Errors.Count == 1 ? "" : $" (and {Errors.Count - 1} more)";
        throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, $"The definition is not valid: {Errors[0].Message}{more}") { Details = Errors });
    }
}
