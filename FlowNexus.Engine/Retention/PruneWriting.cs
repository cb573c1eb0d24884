using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Retention;

/// <summary>What pruning one execution writes: one transition, or for a large one several small ones, so that none holds others up.</summary>
internal static class PruneWriting
{
    /// <summary>Events or iterations that one transition takes.</summary>
    public const int Chunk = 500;

    private static readonly Statement Mark = new("UPDATE executions SET pruned = ?3 WHERE id = ?1 AND pruned = ?2 AND finished_at IS NOT NULL");
    private static readonly Statement ClearInput = new("UPDATE executions SET input = NULL, input_artifact = NULL WHERE id = ?1");
    private static readonly Statement DeleteIterations = new("DELETE FROM iterations WHERE execution_id = ?1 AND iteration >= ?2 AND iteration < ?3") { Keys = 3 };
    private static readonly Statement ErasePayloads = new("UPDATE events SET payload = NULL, salt = NULL WHERE stream = ?1 AND seq > ?2 AND seq <= ?3") { Keys = 3 };
    private static readonly Statement DeleteTick = new("DELETE FROM ticks WHERE workflow_id = ?1 AND trigger_key = ?2 AND due_at = ?3") { Keys = 3 };

    private static readonly Statement[] DeleteRows =
    [
        new("DELETE FROM steps WHERE execution_id = ?1"),
        new("DELETE FROM signals WHERE execution_id = ?1"),
        new("DELETE FROM tasks WHERE execution_id = ?1"),
        new("DELETE FROM step_logs WHERE execution_id = ?1"),
        new("DELETE FROM dead_letters WHERE execution_id = ?1"),
        new("DELETE FROM artifacts WHERE execution_id = ?1 AND kind = 'body'"),
    ];

    /// <summary>To commit one after the other. Each refuses when somebody else has pruned the execution meanwhile.</summary>
    public static IEnumerable<Transition> Of(ExpiredExecution execution, Pruned kinds)
    {
        // What a stop cut short is done again whole.
        if (execution.Pruned.HasFlag(Pruned.Unfinished)) kinds |= execution.Pruned & ~Pruned.Unfinished;
        var after = (execution.Pruned | kinds) & ~Pruned.Unfinished;
        var events = kinds.HasFlag(Pruned.Events) ? execution.Events : 0;
        var iterations = kinds.HasFlag(Pruned.Rows) ? execution.Iterations : 0;
        var large = events > Chunk || iterations > Chunk;
        var first = large ? after | Pruned.Unfinished : after;
        var transition = Marking(execution.Id, execution.Pruned, first);
        if (kinds.HasFlag(Pruned.Rows))
        {
            transition.Run(ClearInput, null, to => to.Text(execution.Id));
            foreach (var statement in DeleteRows) transition.Run(statement, null, to => to.Text(execution.Id));
        }

        if (!large)
        {
            if (iterations > 0) Range(transition, DeleteIterations, execution.Id, 0, iterations);
            if (events > 0) Range(transition, ErasePayloads, execution.Id, 0, events);
            yield return transition;
            yield break;
        }

        yield return transition;
        foreach (var chunk in Chunks(DeleteIterations, execution.Id, iterations).Concat(Chunks(ErasePayloads, execution.Id, events))) yield return chunk;
        yield return Marking(execution.Id, first, after);
    }

    public static void Tick(Transition transition, string workflowId, string triggerKey, long dueAt) => transition.Run(DeleteTick, null, to =>
    {
        to.Text(workflowId);
        to.Text(triggerKey);
        to.Integer(dueAt);
    });

    private static Transition Marking(string id, Pruned from, Pruned to)
    {
        var transition = new Transition();
        transition.Run(Mark, Refusal.Stale, binder =>
        {
            binder.Text(id);
            binder.Integer((int)from);
            binder.Integer((int)to);
        });
        return transition;
    }

    private static IEnumerable<Transition> Chunks(Statement statement, string id, long count)
    {
        for (long from = 0; from < count; from += Chunk)
        {
            var transition = new Transition();
            Range(transition, statement, id, from, Math.Min(from + Chunk, count));
            yield return transition;
        }
    }

    private static void Range(Transition transition, Statement statement, string id, long from, long until) => transition.Run(statement, null, to =>
    {
        to.Text(id);
        to.Integer(from);
        to.Integer(until);
    });
}
