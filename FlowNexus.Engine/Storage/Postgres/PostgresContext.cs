using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>The model on PostgreSQL. Text compares and sorts by its bytes, as in SQLite.</summary>
public sealed class PostgresContext(DbContextOptions<PostgresContext> options) : FlowNexusDbContext(options)
{
    /// <summary>Translated; below it no event appears any more.</summary>
    public static long SettledPosition() => throw new NotSupportedException("Only in queries.");

    public override IQueryable<EventRow> Settled(IQueryable<EventRow> events) => events.Where(row => row.Position < SettledPosition());

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<EventRow>().Property(row => row.Position).ValueGeneratedNever();
        modelBuilder.HasDbFunction(() => SettledPosition()).HasName("flownexus_settled_position");
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            if (property.ClrType == typeof(string)) property.SetCollation("C");
    }
}

/// <summary>Lets <c>dotnet ef migrations add NAME --project FlowNexus.Engine</c> build the model without a server.</summary>
internal sealed class PostgresContextFactory : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql("Host=localhost").Options);
}
