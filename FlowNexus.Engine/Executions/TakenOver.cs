using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions;

/// <summary>
/// Which results of an execution its retry takes over: those of completed steps whose whole way there is settled. What
/// ran after a failure (its <c>on_error</c>, or under <c>on_failure: continue</c>) runs again, since the failure may not.
/// </summary>
internal static class TakenOver
{
    public static IReadOnlyList<StepRow> From(WorkflowGraph graph, IReadOnlyDictionary<int, StepRow> rows)
    {
        var settled = new bool?[graph.Steps.Count];
        return [.. Enumerable.Range(0, graph.Steps.Count).Where(step => rows.TryGetValue(step, out var row) && row.Status == "completed" && Settled(step)).Select(step => rows[step])];

        // Deep chains are settled from their beginning, so that a long one costs no stack.
        bool Settled(int step)
        {
            var open = new Stack<int>([step]);
            while (open.TryPeek(out var current))
            {
                if (settled[current] is not null)
                {
                    open.Pop();
                    continue;
                }

                if (!rows.TryGetValue(current, out var row) || row.Status is not ("completed" or "skipped"))
                {
                    settled[current] = false;
                    continue;
                }

                var before = graph.Incoming(current).Select(edge => edge.From).Where(from => settled[from] is null).ToList();
                if (before.Count > 0) before.ForEach(open.Push);
                else settled[current] = graph.Incoming(current).All(edge => settled[edge.From] == true);
            }

            return settled[step] == true;
        }
    }
}
