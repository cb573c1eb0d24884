using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Steps that expressions name must exist and must have ended before the expression is evaluated.</summary>
internal sealed class ReferenceRules(WorkflowDefinition definition, IReadOnlyList<string> pointers, StepCatalogue catalogue, ProblemList problems)
{
    public void Check()
    {
        var graph = WorkflowGraph.Of(definition);
        var names = definition.Steps.Select(step => step.Name).ToHashSet();
        for (var i = 0; i < definition.Steps.Count; i++)
        {
            if (catalogue.TryGet(definition.Steps[i].Type) is not IStepExpressions type) continue;
            HashSet<string>? before = null;
            foreach (var expression in type.ExpressionsOf(definition.Steps[i]))
            {
                foreach (var name in expression.Expression.StepNames)
                {
                    var at = pointers[i] + expression.Pointer;
                    if (!names.Contains(name))
                        problems.Error(at, "unknown_step", $"The expression names step '{name}', which is no step of this workflow.", DidYouMean.Hint(name, names));
                    else if (!(before ??= Before(graph, i)).Contains(name))
                        problems.Error(at, "not_upstream", $"The expression of step '{definition.Steps[i].Name}' uses the output of '{name}', which does not end before it.", graph.IsListedOrder ? $"List '{name}' earlier." : $"Add '{name}' to depends_on.");
                }
            }
        }
    }

    private static HashSet<string> Before(WorkflowGraph graph, int step)
    {
        var names = new HashSet<string>();
        var open = new Stack<int>([step]);
        while (open.TryPop(out var current))
        {
            foreach (var edge in graph.Incoming(current))
            {
                if (names.Add(graph.Steps[edge.From].Name)) open.Push(edge.From);
            }
        }

        return names;
    }
}
