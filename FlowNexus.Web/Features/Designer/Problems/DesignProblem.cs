using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Web.Features.Designer.Problems;

/// <summary>Something the engine's validator says about the draft.</summary>
/// <param name="StepId">Null when it concerns the workflow itself.</param>
/// <param name="Where">Step and field, for people.</param>
/// <param name="Inside">The pointer from the step, or from the workflow.</param>
public sealed record DesignProblem(string? StepId, string Where, string Inside, ProblemDetail Detail, bool IsError)
{
    public IReadOnlyList<ProblemFix> Fixes { get; init; } = [];

    public string Level => IsError ? "error" : "warning";

    public static IReadOnlyList<DesignProblem> Of(ReadDefinition read, DraftDocument document) =>
        [.. read.Errors.Select(detail => Of(detail, document, true)), .. read.Warnings.Select(detail => Of(detail, document, false))];

    private static DesignProblem Of(ProblemDetail detail, DraftDocument document, bool isError)
    {
        var parts = detail.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["steps", var number, ..] && int.TryParse(number, out var index) && index < document.Steps.Count)
        {
            var step = document.Steps[index];
            var inside = string.Concat(parts[2..].Select(part => "/" + part));
            var where = string.Join(" › ", [step.Name.Length > 0 ? step.Name : $"step {index + 1}", .. parts[2..]]);
            return new DesignProblem(step.Id, where, inside, detail, isError) { Fixes = ProblemFix.Of(detail, parts[2..], step, document) };
        }

        return new DesignProblem(null, parts.Length == 0 ? "Workflow" : string.Join(" › ", parts), detail.Pointer, detail, isError) { Fixes = ProblemFix.Of(detail, parts, null, document) };
    }
}
