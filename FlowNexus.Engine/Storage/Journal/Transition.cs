using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Storage.Journal;

/// <summary>What commits together or not at all. The first write carries the fence.</summary>
internal sealed class Transition
{
    private static readonly Statement FencedUpdate = new(
        """
        UPDATE executions SET status = ?3, epoch = ?4, owner = ?5, started_at = ?6, finished_at = ?7, progress = ?8, steps_completed = ?9, reopens = ?10,
            agent_switches = ?11, credits_micro = ?12, bytes_processed = ?13, error = ?14, event_seq = ?15, event_head = ?16, control = ?17
        WHERE id = ?1 AND epoch = ?2
        """);

    private static readonly Statement ClearTimerStatement = new("DELETE FROM timers WHERE execution_id = ?1 AND kind = ?2 AND ordinal = ?3") { Keys = 3 };
    private static readonly Statement ClearTimersStatement = new("DELETE FROM timers WHERE execution_id = ?1");

    private static readonly Statement BalanceStatement = new(
        "UPDATE accounts SET balance_micro = balance_micro + ?2 WHERE id = ?1 AND balance_micro + ?2 >= 0") { InTurn = true };

    private static readonly Statement CountStatement = new(
        """
        UPDATE workflows SET executions_count = executions_count + ?2, last_executed_at = CASE WHEN ?3 > coalesce(last_executed_at, 0) THEN ?3 ELSE last_executed_at END,
            completed_count = completed_count + ?4, failed_count = failed_count + ?5, completed_duration = completed_duration + ?6, credits_micro = credits_micro + ?7
        WHERE id = ?1
        """) { Folds = ["sum", "max", "sum", "sum", "sum", "sum"] };

    private static readonly Statement TakenStatement = new("UPDATE executions SET awaited = false WHERE id = ?1");

    private static readonly Statement OutcomeStatement = new(
        "UPDATE agents SET completed = completed + ?2, failed = failed + ?3, busy_micros = busy_micros + ?4 WHERE id = ?1") { Folds = ["sum", "sum", "sum"] };

    public List<Write> Writes { get; } = new(8);

    /// <summary>Sealed events of execution streams, in order.</summary>
    public List<EventRow> Events { get; } = new(8);

    /// <summary>Events of administered objects; the writer gives them their place in the chain.</summary>
    public List<EventRow>? AdminEvents { get; private set; }

    /// <summary>What queues let through in this; null when that needs no proof. A file has one process, so SQLite asks nobody.</summary>
    public List<Admission>? Admissions { get; private set; }

    public void Insert<TRow>(Table<TRow> table, TRow row) => Writes.Add(new RowWrite<TRow>(table, row, table.Insert));

    public void InsertOrRefuse<TRow>(Table<TRow> table, TRow row) => Writes.Add(new RowWrite<TRow>(table, row, table.InsertIfAbsent) { WhenNoRow = Refusal.Exists });

    public void InsertIfAbsent<TRow>(Table<TRow> table, TRow row) => Writes.Add(new RowWrite<TRow>(table, row, table.InsertIfAbsent));

    public void Upsert<TRow>(Table<TRow> table, TRow row) => Writes.Add(new RowWrite<TRow>(table, row, table.Upsert));

    public void Run(Statement statement, Refusal? whenNoRow, Action<IRowBinder> bind) => Writes.Add(new CommandWrite(statement, bind) { WhenNoRow = whenNoRow });

    /// <summary>Updates an execution that <paramref name="epoch"/> still owns; must come first.</summary>
    public void Update(ExecutionRow row, long epoch) => Run(FencedUpdate, Refusal.FenceLost, to =>
    {
        to.Text(row.Id);
        to.Integer(epoch);
        to.Text(row.Status);
        to.Integer(row.Epoch);
        to.Text(row.Owner);
        to.Integer(row.StartedAt);
        to.Integer(row.FinishedAt);
        to.Real(row.Progress);
        to.Integer(row.StepsCompleted);
        to.Integer(row.Reopens);
        to.Integer(row.AgentSwitches);
        to.Integer(row.CreditsMicro);
        to.Integer(row.BytesProcessed);
        to.Text(row.Error);
        to.Integer(row.EventSeq);
        to.Blob(row.EventHead);
        to.Text(row.Control);
    });

    public void ClearTimer(string executionId, string kind, int ordinal) => Run(ClearTimerStatement, null, to =>
    {
        to.Text(executionId);
        to.Text(kind);
        to.Integer(ordinal);
    });

    public void ClearTimers(string executionId) => Run(ClearTimersStatement, null, to => to.Text(executionId));

    /// <summary>Books an amount; refused when the account would fall below zero.</summary>
    public void Book(LedgerRow entry)
    {
        Run(BalanceStatement, Refusal.InsufficientCredits, to =>
        {
            to.Text(entry.Account);
            to.Integer(entry.AmountMicro);
        });
        Insert(Tables.Ledger, entry);
    }

    /// <summary>Keeps a workflow's counters: an execution started, finished, or both in this transition.</summary>
    public void Count(string workflowId, long? startedAt, FinishedCount? finished)
    {
        if (startedAt is null && finished is null) return;
        var counts = finished ?? default;
        Run(CountStatement, null, to =>
        {
            to.Text(workflowId);
            to.Integer(startedAt is null ? 0 : 1);
            to.Integer(startedAt ?? 0);
            to.Integer(counts.Completed ? 1 : 0);
            to.Integer(counts.Failed ? 1 : 0);
            to.Integer(counts.Completed ? counts.DurationMicros : 0);
            to.Integer(counts.CreditsMicro);
        });
    }

    /// <summary>Keeps an agent's record.</summary>
    public void Outcome(string agentId, bool completed, bool failed, long busyMicros) => Run(OutcomeStatement, null, to =>
    {
        to.Text(agentId);
        to.Integer(completed ? 1 : 0);
        to.Integer(failed ? 1 : 0);
        to.Integer(busyMicros);
    });

    /// <summary>The parent of an execution has taken how it ended. One that has ended has no owner to ask.</summary>
    public void Taken(string childId) => Run(TakenStatement, null, to => to.Text(childId));

    public void Needs(Admission admission) => (Admissions ??= []).Add(admission);

    public void Tell(EventRow administered) => (AdminEvents ??= []).Add(administered);
}

/// <summary>How a finished execution counts. Cancelled ones count as neither.</summary>
internal readonly record struct FinishedCount(bool Completed, bool Failed, long DurationMicros, long CreditsMicro);
