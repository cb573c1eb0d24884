using System.Reflection;
using FlowNexus.Engine.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FlowNexus.Engine.Storage.Sqlite;

/// <summary>Brings the file's tables to what this version expects.</summary>
internal static class SqliteSchema
{
    /// <exception cref="StartException">The file belongs to a newer version.</exception>
    public static void Bring(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using (var command = connection.CreateCommand())
        {
            // Both take effect only before the first table.
            command.CommandText = "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;";
            command.ExecuteNonQuery();
        }

        var (applied, known) = (Applied(connection), Known());
        if (applied.SequenceEqual(known)) return;
        ThrowIfNewer(connection, applied, known);
        using var context = new SqliteContext(new DbContextOptionsBuilder<SqliteContext>().UseSqlite(connection).Options);
        context.Database.Migrate();
    }

    /// <summary>The file's last migration.</summary>
    /// <exception cref="StartException">The file belongs to a newer version, or is none of ours.</exception>
    public static string Last(SqliteConnection connection)
    {
        var applied = Applied(connection);
        ThrowIfNewer(connection, applied, Known());
        return applied.LastOrDefault() ?? throw new StartException($"{connection.DataSource} is no database of FlowNexus.");
    }

    private static void ThrowIfNewer(SqliteConnection connection, List<string> applied, List<string> known)
    {
        if (applied.Except(known, StringComparer.Ordinal).LastOrDefault() is { } newer)
            throw new StartException($"The database {connection.DataSource} was written by a newer FlowNexus (its schema is {newer}, this version knows {known[^1]}). Start the newer version, or start with another data folder: --FlowNexus:DataFolder=PATH.");
    }

    /// <summary>The migrations of the file, read without EF's migrator, which costs every start a tenth of a second to build.</summary>
    private static List<string> Applied(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'";
        if (command.ExecuteScalar() is not > 0L) return [];
        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId";
        using var reader = command.ExecuteReader();
        List<string> applied = [];
        while (reader.Read()) applied.Add(reader.GetString(0));
        return applied;
    }

    private static List<string> Known() => [.. typeof(SqliteContext).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(SqliteSchema).Namespace + ".Migrations")
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
        .OfType<string>()
        .Order(StringComparer.Ordinal)];
}
