using System.Reflection;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FlowNexus.Tests.Storage;

/// <summary>Holds the columns that the journal writes against the model that everything else reads by.</summary>
public abstract class TableModelTests(Store store) : StoreTest(store)
{
    /// <summary>Columns that a row write leaves alone: counters kept by statements of their own, and positions the database gives.</summary>
    private static readonly string[] KeptElsewhere =
    [
        "workflows.executions_count", "workflows.last_executed_at", "workflows.completed_count", "workflows.failed_count", "workflows.completed_duration", "workflows.credits_micro",
        "executions.pruned", "events.position", "ledger.position", "step_logs.position",
    ];

    public static TheoryData<string> TableNames => [.. typeof(Tables).GetFields(BindingFlags.Public | BindingFlags.Static).Select(table => table.Name)];

    [Fact]
    public void Migrations_MakeTheModel()
    {
        using var context = Database.Engine.Read();
        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public void EveryEntity_HasAJournalTable()
    {
        using var context = Database.Engine.Read();
        var written = typeof(Tables).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.FieldType.GetGenericArguments()[0]);
        Assert.Equal(context.Model.GetEntityTypes().Select(entity => entity.ClrType.Name).Order(), written.Select(type => type.Name).Order());
    }

    [Theory]
    [MemberData(nameof(TableNames))]
    public async Task Row_WrittenByTheJournal_ReadsBackAsItWas(string name)
    {
        var field = typeof(Tables).GetField(name)!;
        var row = field.FieldType.GetGenericArguments()[0];
        var method = typeof(TableModelTests).GetMethod(nameof(RoundTripAsync), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(row);
        await (Task)method.Invoke(this, [field.GetValue(null)])!;
    }

    private async Task RoundTripAsync<TRow>(Table<TRow> table) where TRow : class
    {
        await using var context = Database.Engine.Read();
        var entity = context.Model.FindEntityType(typeof(TRow))!;
        var columns = entity.GetProperties().Where(property => !KeptElsewhere.Contains($"{table.Name}.{property.GetColumnName()}")).ToList();
        Assert.Equal(entity.GetTableName(), table.Name);
        Assert.Equal(columns.Select(property => property.GetColumnName()).Order(), table.Columns.Order());

        var row = Filled<TRow>(columns, 1);
        var transition = new Transition();
        if (row is EventRow told) transition.Events.Add(told);
        else transition.Upsert(table, row);
        await Database.Engine.Journal.CommitAsync(transition);
        var read = await context.Set<TRow>().SingleAsync();
        foreach (var column in columns) Assert.Equal(column.PropertyInfo!.GetValue(row), column.PropertyInfo.GetValue(read));

        if (KeptElsewhere.Contains($"{table.Name}.position")) return;
        var changed = Filled<TRow>(columns, 2);
        foreach (var key in entity.FindPrimaryKey()!.Properties) key.PropertyInfo!.SetValue(changed, key.PropertyInfo.GetValue(row));
        var second = new Transition();
        second.Upsert(table, changed);
        await Database.Engine.Journal.CommitAsync(second);
        read = await context.Set<TRow>().SingleAsync();
        foreach (var column in columns) Assert.Equal(column.PropertyInfo!.GetValue(changed), column.PropertyInfo.GetValue(read));
    }

    /// <summary>A row whose every column has a value of its own, so that two columns in the wrong order show.</summary>
    private static TRow Filled<TRow>(List<IProperty> columns, int salt) where TRow : class
    {
        var row = (TRow)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(TRow));
        for (var i = 0; i < columns.Count; i++)
        {
            var number = (salt * 100) + i;
            var type = Nullable.GetUnderlyingType(columns[i].ClrType) ?? columns[i].ClrType;
            object value = type == typeof(string) ? $"text {number}"
                : type == typeof(byte[]) ? new[] { (byte)number, (byte)salt }
                : type == typeof(bool) ? salt == 1
                : type == typeof(double) ? number + 0.5
                : Convert.ChangeType(number, type, System.Globalization.CultureInfo.InvariantCulture);
            columns[i].PropertyInfo!.SetValue(row, value);
        }

        return row;
    }
}

public sealed class SqliteTableModelTests() : TableModelTests(Store.Sqlite);

public sealed class PostgresTableModelTests() : TableModelTests(Store.Postgres);
