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

        if (Applied(connection) is { } applied)
        {
            var order = string.CompareOrdinal(applied, Newest());
            if (order == 0) return;
            if (order > 0) throw new StartException($"The database {connection.DataSource} was written by a newer FlowNexus (its schema is {applied}, this version knows {Newest()}). Start the newer version, or start with another data folder: --FlowNexus:DataFolder=PATH.");
        }

        using var context = new SqliteContext(new DbContextOptionsBuilder<SqliteContext>().UseSqlite(connection).Options);
        context.Database.Migrate();
    }

    /// <summary>The last migration of the file, read without EF's migrator, which costs every start a tenth of a second to build.</summary>
    private static string? Applied(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'";
        if (command.ExecuteScalar() is not > 0L) return null;
        command.CommandText = "SELECT max(MigrationId) FROM __EFMigrationsHistory";
        return command.ExecuteScalar() as string;
    }

    private static string? Newest() => typeof(SqliteContext).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(SqliteSchema).Namespace + ".Migrations")
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
        .Max(StringComparer.Ordinal);
}
