using System.Text.RegularExpressions;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Storage;

/// <summary>
/// The model, for migrations and reads. Writes go through the journal writer only; contexts handed out by the engine
/// are read-only. Providers derive from this so that each has migrations of its own.
/// </summary>
public abstract partial class FlowNexusDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>
    /// Both databases take an index with such a filter for a query that names one of the statuses as a constant. Not IN: for
    /// that SQLite would build a table of the words in memory at every insert and update.
    /// </summary>
    private const string Uncommon = "status = 'waiting' OR status = 'failed' OR status = 'cancelled' OR status = 'timed_out'";

    /// <summary>What every execution tells of itself has no entry in the indexes by type; a query says the same, word by word.</summary>
    private const string UncommonType = "type <> 'step_completed' AND type <> 'execution_queued' AND type <> 'execution_started' AND type <> 'execution_completed'";

    public DbSet<WorkflowRow> Workflows => Set<WorkflowRow>();
    public DbSet<VersionRow> Versions => Set<VersionRow>();
    public DbSet<DraftRow> Drafts => Set<DraftRow>();
    public DbSet<ExecutionRow> Executions => Set<ExecutionRow>();
    public DbSet<StepRow> Steps => Set<StepRow>();
    public DbSet<IterationRow> Iterations => Set<IterationRow>();
    public DbSet<SignalRow> Signals => Set<SignalRow>();
    public DbSet<TaskRow> Tasks => Set<TaskRow>();
    public DbSet<TimerRow> Timers => Set<TimerRow>();
    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<StreamRow> Streams => Set<StreamRow>();
    public DbSet<AccountRow> Accounts => Set<AccountRow>();
    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();
    public DbSet<AgentRow> Agents => Set<AgentRow>();
    public DbSet<ArtifactRow> Artifacts => Set<ArtifactRow>();
    public DbSet<TickRow> Ticks => Set<TickRow>();
    public DbSet<PauseRow> Pauses => Set<PauseRow>();
    public DbSet<DeadLetterRow> DeadLetters => Set<DeadLetterRow>();
    public DbSet<LogRow> StepLogs => Set<LogRow>();

    /// <summary>The events that a cursor over many streams may pass: no other will appear among or before them.</summary>
    public IQueryable<EventRow> SettledEvents => Settled(Events);

    /// <summary>Types that indexes know; a filter by any other reads what it passes over, and soon finds some.</summary>
    public static bool IsUncommon(string type) => type is not ("step_completed" or "execution_queued" or "execution_started" or "execution_completed");

    /// <summary>Events of uncommon types, for a filter by one of them.</summary>
    public IQueryable<EventRow> UncommonEvents => Events.FromSqlRaw($"SELECT * FROM events WHERE {UncommonType}");

    /// <summary>Those of the events that a cursor over many streams may pass.</summary>
    public virtual IQueryable<EventRow> Settled(IQueryable<EventRow> events) => events;

    /// <summary>Translated to the function of the same name, which changes A to Z only, in either database.</summary>
    [DbFunction("lower", IsBuiltIn = true)]
    public static string Lower(string text) => throw new NotSupportedException($"Only in queries, not for {text}.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<WorkflowRow>(row =>
        {
            row.ToTable("workflows").HasKey(x => x.Id);
            row.HasIndex(x => x.CreatedAt);

            // Saving a workflow never touches its counters; a new one starts at zero.
            row.Property(x => x.ExecutionsCount).HasDefaultValue(0L);
            row.Property(x => x.CompletedCount).HasDefaultValue(0L);
            row.Property(x => x.FailedCount).HasDefaultValue(0L);
            row.Property(x => x.CompletedDuration).HasDefaultValue(0L);
            row.Property(x => x.CreditsMicro).HasDefaultValue(0L);
        });
        modelBuilder.Entity<VersionRow>(row => row.ToTable("versions").HasKey(x => new { x.WorkflowId, x.Version }));
        modelBuilder.Entity<DraftRow>(row =>
        {
            row.ToTable("drafts").HasKey(x => x.WorkflowId);
            row.HasIndex(x => x.UpdatedAt);
        });
        modelBuilder.Entity<ExecutionRow>(row =>
        {
            row.ToTable("executions").HasKey(x => x.Id);
            row.HasIndex(x => new { x.WorkflowId, x.Id });
            row.Property(x => x.Pruned).HasDefaultValue(0);
            row.HasIndex(x => new { x.Status, x.FinishedAt });

            // For lists, newest first. What most executions are has no entry, so that the most usual costs nothing.
            row.HasIndex(x => new { x.Status, x.Id }).HasFilter(Uncommon);
            row.HasIndex(x => new { x.WorkflowId, x.Status, x.Id }).HasFilter(Uncommon);
            row.HasIndex(x => new { x.TriggeredBy, x.Id }).HasFilter("triggered_by <> 'manual'");
            row.HasIndex(x => x.RetryOf).HasFilter("retry_of IS NOT NULL");
            row.HasIndex(x => new { x.ParentId, x.ParentOrdinal, x.ParentItem }).HasFilter("parent_id IS NOT NULL");
            row.HasIndex(x => new { x.Awaited, x.FinishedAt }).HasFilter("awaited");
            row.HasIndex(x => new { x.WorkflowId, x.IdempotencyKey }).IsUnique().HasFilter("idempotency_key IS NOT NULL");
        });
        modelBuilder.Entity<StepRow>(row => row.ToTable("steps").HasKey(x => new { x.ExecutionId, x.Ordinal, x.Iteration }));
        modelBuilder.Entity<IterationRow>(row => row.ToTable("iterations").HasKey(x => new { x.ExecutionId, x.Ordinal, x.Iteration }));
        modelBuilder.Entity<SignalRow>(row => row.ToTable("signals").HasKey(x => new { x.ExecutionId, x.Number }));
        modelBuilder.Entity<TaskRow>(row =>
        {
            row.ToTable("tasks").HasKey(x => x.Id);
            row.HasIndex(x => new { x.ExecutionId, x.Ordinal });
            row.HasIndex(x => new { x.Status, x.FinishedAt });
        });
        modelBuilder.Entity<TimerRow>(row =>
        {
            row.ToTable("timers").HasKey(x => new { x.ExecutionId, x.Kind, x.Ordinal });
            row.HasIndex(x => x.DueAt);
        });
        modelBuilder.Entity<EventRow>(row =>
        {
            row.ToTable("events").HasKey(x => x.Position);
            row.HasIndex(x => new { x.Stream, x.Seq }).IsUnique();
            row.HasIndex(x => new { x.WorkflowId, x.Position });
            row.HasIndex(x => new { x.Type, x.Position }).HasFilter(UncommonType);
            row.HasIndex(x => new { x.WorkflowId, x.Type, x.Position }).HasFilter(UncommonType);
        });
        modelBuilder.Entity<StreamRow>(row => row.ToTable("streams").HasKey(x => x.Id));
        modelBuilder.Entity<AccountRow>(row => row.ToTable("accounts").HasKey(x => x.Id));
        modelBuilder.Entity<LedgerRow>(row =>
        {
            row.ToTable("ledger").HasKey(x => x.Position);
            row.HasIndex(x => x.ExecutionId);
            row.HasIndex(x => new { x.Account, x.Position });
        });
        modelBuilder.Entity<AgentRow>(row => row.ToTable("agents").HasKey(x => x.Id));
        modelBuilder.Entity<ArtifactRow>(row =>
        {
            row.ToTable("artifacts").HasKey(x => x.Id);
            row.HasIndex(x => x.ExecutionId);
        });
        modelBuilder.Entity<TickRow>(row => row.ToTable("ticks").HasKey(x => new { x.WorkflowId, x.TriggerKey, x.DueAt }));
        modelBuilder.Entity<PauseRow>(row => row.ToTable("pauses").HasKey(x => x.Scope));
        modelBuilder.Entity<DeadLetterRow>(row =>
        {
            row.ToTable("dead_letters").HasKey(x => x.ExecutionId);
            row.HasIndex(x => new { x.Queue, x.At });
        });
        modelBuilder.Entity<LogRow>(row =>
        {
            row.ToTable("step_logs").HasKey(x => x.Position);
            row.HasIndex(x => new { x.ExecutionId, x.Position });
        });

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(SnakeCase(property.Name));
    }

    internal static string SnakeCase(string name) => WordStart().Replace(name, "_${start}").ToLowerInvariant();

    [GeneratedRegex("(?<=.)(?<start>[A-Z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}
