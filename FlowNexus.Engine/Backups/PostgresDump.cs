using Npgsql;

namespace FlowNexus.Engine.Backups;

/// <summary>Backups of a PostgreSQL database are PostgreSQL's own; this writes the commands.</summary>
public static class PostgresDump
{
    /// <param name="connectionString">Never shown: it may hold the password.</param>
    public static string BackupLines(string connectionString, string dataFolder, string to) =>
        $"""
        This installation is on PostgreSQL, which backs itself up. While the server runs:
          pg_dump --format=custom {Where(connectionString)} --file={to}.dump
          tar -czf {to}.files.tar.gz -C {dataFolder} --exclude=flownexus.lock --exclude=flownexus.pid .
        In this order: files that the database names were complete before it named them.
        """;

    public static string RestoreLines(string connectionString, string dataFolder, string from) =>
        $"""
        This installation is on PostgreSQL, which restores itself. With every node stopped, into an empty database and an empty folder:
          pg_restore --no-owner --exit-on-error {Where(connectionString)} {from}.dump
          tar -xzf {from}.files.tar.gz -C {dataFolder}
        """;

    private static string Where(string connectionString)
    {
        var parsed = new NpgsqlConnectionStringBuilder(connectionString);
        var user = parsed.Username is { } name ? $" --username={name}" : "";
        return $"--host={parsed.Host} --port={parsed.Port}{user} --dbname={parsed.Database ?? parsed.Username}";
    }
}
