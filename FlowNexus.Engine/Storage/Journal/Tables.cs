using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Storage.Journal;

/// <summary>Every table the journal writes. A test holds these columns against the model.</summary>
internal static class Tables
{
    public static readonly Table<WorkflowRow> Workflows = new(
        "workflows",
        "id",
        "name description status priority metadata latest_version active_version revision warnings created_at updated_at created_by",
        static (row, to) =>
        {
            to.Text(row.Id);
            to.Text(row.Name);
            to.Text(row.Description);
            to.Text(row.Status);
            to.Text(row.Priority);
            to.Text(row.Metadata);
            to.Integer(row.LatestVersion);
            to.Integer(row.ActiveVersion);
            to.Integer(row.Revision);
            to.Text(row.Warnings);
            to.Integer(row.CreatedAt);
            to.Integer(row.UpdatedAt);
            to.Text(row.CreatedBy);
        });

    public static readonly Table<VersionRow> Versions = new(
        "versions",
        "workflow_id version",
        "definition step_ids hash reason created_by created_at layout text_format text",
        static (row, to) =>
        {
            to.Text(row.WorkflowId);
            to.Integer(row.Version);
            to.Text(row.Definition);
            to.Text(row.StepIds);
            to.Text(row.Hash);
            to.Text(row.Reason);
            to.Text(row.CreatedBy);
            to.Integer(row.CreatedAt);
            to.Text(row.Layout);
            to.Text(row.TextFormat);
            to.Text(row.Text);
        });

    public static readonly Table<DraftRow> Drafts = new(
        "drafts",
        "workflow_id",
        "base_version revision document name updated_by updated_at",
        static (row, to) =>
        {
            to.Text(row.WorkflowId);
            to.Integer(row.BaseVersion);
            to.Integer(row.Revision);
            to.Text(row.Document);
            to.Text(row.Name);
            to.Text(row.UpdatedBy);
            to.Integer(row.UpdatedAt);
        });

    public static readonly Table<ExecutionRow> Executions = new(
        "executions",
        "id",
        "workflow_id version status priority priority_text epoch owner input input_artifact input_bytes triggered_by user_id account idempotency_key retry_of pins limit_places limit_key not_before created_at started_at finished_at progress steps_total steps_completed reopens agent_switches credits_micro bytes_processed error control parent_id parent_ordinal parent_item parent_attempt depth awaited trace event_seq event_head",
        static (row, to) =>
        {
            to.Text(row.Id);
            to.Text(row.WorkflowId);
            to.Integer(row.Version);
            to.Text(row.Status);
            to.Integer(row.Priority);
            to.Text(row.PriorityText);
            to.Integer(row.Epoch);
            to.Text(row.Owner);
            to.Text(row.Input);
            to.Text(row.InputArtifact);
            to.Integer(row.InputBytes);
            to.Text(row.TriggeredBy);
            to.Text(row.UserId);
            to.Text(row.Account);
            to.Text(row.IdempotencyKey);
            to.Text(row.RetryOf);
            to.Text(row.Pins);
            to.Integer(row.LimitPlaces);
            to.Text(row.LimitKey);
            to.Integer(row.NotBefore);
            to.Integer(row.CreatedAt);
            to.Integer(row.StartedAt);
            to.Integer(row.FinishedAt);
            to.Real(row.Progress);
            to.Integer(row.StepsTotal);
            to.Integer(row.StepsCompleted);
            to.Integer(row.Reopens);
            to.Integer(row.AgentSwitches);
            to.Integer(row.CreditsMicro);
            to.Integer(row.BytesProcessed);
            to.Text(row.Error);
            to.Text(row.Control);
            to.Text(row.ParentId);
            to.Integer(row.ParentOrdinal);
            to.Integer(row.ParentItem);
            to.Integer(row.ParentAttempt);
            to.Integer(row.Depth);
            to.Integer(row.Awaited ? 1 : 0);
            to.Text(row.Trace);
            to.Integer(row.EventSeq);
            to.Blob(row.EventHead);
        });

    public static readonly Table<StepRow> Steps = new(
        "steps",
        "execution_id ordinal iteration",
        "step_id name status wait attempt failures lost fallback_used agent_id task_id branch child_id loop started_at attempt_started_at finished_at due_at progress output output_artifact output_bytes records error",
        static (row, to) =>
        {
            to.Text(row.ExecutionId);
            to.Integer(row.Ordinal);
            to.Integer(row.Iteration);
            to.Text(row.StepId);
            to.Text(row.Name);
            to.Text(row.Status);
            to.Text(row.Wait);
            to.Integer(row.Attempt);
            to.Integer(row.Failures);
            to.Integer(row.Lost);
            to.Integer(row.FallbackUsed ? 1 : 0);
            to.Text(row.AgentId);
            to.Text(row.TaskId);
            to.Text(row.Branch);
            to.Text(row.ChildId);
            to.Text(row.Loop);
            to.Integer(row.StartedAt);
            to.Integer(row.AttemptStartedAt);
            to.Integer(row.FinishedAt);
            to.Integer(row.DueAt);
            to.Real(row.Progress);
            to.Text(row.Output);
            to.Text(row.OutputArtifact);
            to.Integer(row.OutputBytes);
            to.Integer(row.Records);
            to.Text(row.Error);
        });

    public static readonly Table<IterationRow> Iterations = new(
        "iterations",
        "execution_id ordinal iteration",
        "status attempt output output_artifact child_id error started_at finished_at",
        static (row, to) =>
        {
            to.Text(row.ExecutionId);
            to.Integer(row.Ordinal);
            to.Integer(row.Iteration);
            to.Text(row.Status);
            to.Integer(row.Attempt);
            to.Text(row.Output);
            to.Text(row.OutputArtifact);
            to.Text(row.ChildId);
            to.Text(row.Error);
            to.Integer(row.StartedAt);
            to.Integer(row.FinishedAt);
        });

    public static readonly Table<SignalRow> Signals = new(
        "signals",
        "execution_id number",
        "name data sent_by sent_at idempotency_key taken_by",
        static (row, to) =>
        {
            to.Text(row.ExecutionId);
            to.Integer(row.Number);
            to.Text(row.Name);
            to.Text(row.Data);
            to.Text(row.SentBy);
            to.Integer(row.SentAt);
            to.Text(row.IdempotencyKey);
            to.Integer(row.TakenBy);
        });

    public static readonly Table<TaskRow> Tasks = new(
        "tasks",
        "id",
        "execution_id workflow_id ordinal step_name status agent_type agent_id bound_agent_id tried_agents paid_micro priority attempt created_at queued_at started_at finished_at",
        static (row, to) =>
        {
            to.Text(row.Id);
            to.Text(row.ExecutionId);
            to.Text(row.WorkflowId);
            to.Integer(row.Ordinal);
            to.Text(row.StepName);
            to.Text(row.Status);
            to.Text(row.AgentType);
            to.Text(row.AgentId);
            to.Text(row.BoundAgentId);
            to.Text(row.TriedAgents);
            to.Integer(row.PaidMicro);
            to.Integer(row.Priority);
            to.Integer(row.Attempt);
            to.Integer(row.CreatedAt);
            to.Integer(row.QueuedAt);
            to.Integer(row.StartedAt);
            to.Integer(row.FinishedAt);
        });

    public static readonly Table<TimerRow> Timers = new(
        "timers",
        "execution_id kind ordinal",
        "attempt due_at",
        static (row, to) =>
        {
            to.Text(row.ExecutionId);
            to.Text(row.Kind);
            to.Integer(row.Ordinal);
            to.Integer(row.Attempt);
            to.Integer(row.DueAt);
        });

    public static readonly Table<EventRow> Events = new(
        "events",
        "",
        "stream seq event_id type at workflow_id execution_id step_name agent_id user_id payload salt payload_hash hash",
        static (row, to) =>
        {
            to.Text(row.Stream);
            to.Integer(row.Seq);
            to.Text(row.EventId);
            to.Text(row.Type);
            to.Integer(row.At);
            to.Text(row.WorkflowId);
            to.Text(row.ExecutionId);
            to.Text(row.StepName);
            to.Text(row.AgentId);
            to.Text(row.UserId);
            to.Text(row.Payload);
            to.Blob(row.Salt);
            to.Blob(row.PayloadHash);
            to.Blob(row.Hash);
        });

    public static readonly Table<StreamRow> Streams = new(
        "streams",
        "id",
        "seq head",
        static (row, to) =>
        {
            to.Text(row.Id);
            to.Integer(row.Seq);
            to.Blob(row.Head);
        });

    public static readonly Table<AccountRow> Accounts = new(
        "accounts",
        "id",
        "balance_micro created_at",
        static (row, to) =>
        {
            to.Text(row.Id);
            to.Integer(row.BalanceMicro);
            to.Integer(row.CreatedAt);
        });

    public static readonly Table<LedgerRow> Ledger = new(
        "ledger",
        "",
        "account kind amount_micro at workflow_id execution_id step_name task_id attempt agent_id note",
        static (row, to) =>
        {
            to.Text(row.Account);
            to.Text(row.Kind);
            to.Integer(row.AmountMicro);
            to.Integer(row.At);
            to.Text(row.WorkflowId);
            to.Text(row.ExecutionId);
            to.Text(row.StepName);
            to.Text(row.TaskId);
            to.Integer(row.Attempt);
            to.Text(row.AgentId);
            to.Text(row.Note);
        });

    public static readonly Table<AgentRow> Agents = new(
        "agents",
        "id",
        "type name description capabilities experience_level tier price_micro capacity provider enabled completed failed busy_micros created_at",
        static (row, to) =>
        {
            to.Text(row.Id);
            to.Text(row.Type);
            to.Text(row.Name);
            to.Text(row.Description);
            to.Text(row.Capabilities);
            to.Text(row.ExperienceLevel);
            to.Text(row.Tier);
            to.Integer(row.PriceMicro);
            to.Integer(row.Capacity);
            to.Text(row.Provider);
            to.Integer(row.Enabled ? 1 : 0);
            to.Integer(row.Completed);
            to.Integer(row.Failed);
            to.Integer(row.BusyMicros);
            to.Integer(row.CreatedAt);
        });

    public static readonly Table<ArtifactRow> Artifacts = new(
        "artifacts",
        "id",
        "execution_id step_name kind name media_type size sha256 created_at",
        static (row, to) =>
        {
            to.Text(row.Id);
            to.Text(row.ExecutionId);
            to.Text(row.StepName);
            to.Text(row.Kind);
            to.Text(row.Name);
            to.Text(row.MediaType);
            to.Integer(row.Size);
            to.Text(row.Sha256);
            to.Integer(row.CreatedAt);
        });

    public static readonly Table<PauseRow> Pauses = new(
        "pauses",
        "scope",
        "paused_by reason paused_at",
        static (row, to) =>
        {
            to.Text(row.Scope);
            to.Text(row.PausedBy);
            to.Text(row.Reason);
            to.Integer(row.PausedAt);
        });

    public static readonly Table<DeadLetterRow> DeadLetters = new(
        "dead_letters",
        "execution_id",
        "queue workflow_id code message at",
        static (row, to) =>
        {
            to.Text(row.ExecutionId);
            to.Text(row.Queue);
            to.Text(row.WorkflowId);
            to.Text(row.Code);
            to.Text(row.Message);
            to.Integer(row.At);
        });

    public static readonly Table<TickRow> Ticks = new(
        "ticks",
        "workflow_id trigger_key due_at",
        "outcome execution_id note recorded_at",
        static (row, to) =>
        {
            to.Text(row.WorkflowId);
            to.Text(row.TriggerKey);
            to.Integer(row.DueAt);
            to.Text(row.Outcome);
            to.Text(row.ExecutionId);
            to.Text(row.Note);
            to.Integer(row.RecordedAt);
        });

    public static readonly Table<LogRow> StepLogs = new(
        "step_logs",
        "",
        "execution_id ordinal step_name item attempt level at message fields",
        static (row, to) =>
        {
            to.Text(row.ExecutionId);
            to.Integer(row.Ordinal);
            to.Text(row.StepName);
            to.Integer(row.Item);
            to.Integer(row.Attempt);
            to.Integer(row.Level);
            to.Integer(row.At);
            to.Text(row.Message);
            to.Text(row.Fields);
        });
}
