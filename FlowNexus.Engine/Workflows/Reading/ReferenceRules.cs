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
            foreach (var expression in type.ExpressionsOf(definition.Steps[i]))
            {
                foreach (var name in expression.Expression.StepNames)
                {
                    var at = pointers[i] + expression.Pointer;
                    if (!names.Contains(name))
                        problems.Error(at, "unknown_step", $"The expression names step '{name}', which is no step of this workflow.", problems.Suggest(name, names));
                    else if (!IsBefore(graph, name, i))
                        problems.Error(at, "not_upstream", $"The expression of step '{definition.Steps[i].Name}' uses the output of '{name}', which does not end before it.", graph.IsListedOrder ? $"List '{name}' earlier." : $"Add '{name}' to depends_on.");
                }
            }
        }
    }

    private static bool IsBefore(WorkflowGraph graph, string name, int step)
    {
        var seen = new HashSet<int>();
        var open = new Queue<int>([step]);
        while (open.TryDequeue(out var current))
        {
            foreach (var edge in graph.Incoming(current))
            {
                if (!seen.Add(edge.From)) continue;
                if (graph.Steps[edge.From].Name == name) return true;
                open.Enqueue(edge.From);
            }
        }

        return false;
    }
}
