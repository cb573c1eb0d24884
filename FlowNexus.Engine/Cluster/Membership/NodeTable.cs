using System.Globalization;
using FlowNexus.Engine.Storage;
using Npgsql;

namespace FlowNexus.Engine.Cluster.Membership;

/// <summary>
/// The members of the cluster in our own database. It writes on connections of its own and not through the journal:
/// who is a member must be settled even while the journal waits for something.
/// </summary>
internal sealed class NodeTable(EngineDatabase database, ThisNode node) : IMembershipTable, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(database.Connections!.Coordinating(5));

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask; // The migration made it.

    public Task DeleteMembershipTableEntries(string clusterId) => ExecuteAsync("DELETE FROM nodes");

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        ExecuteAsync("DELETE FROM nodes WHERE status = $1 AND greatest(seen_at, started_at) < $2", (int)SiloStatus.Dead, UnixMicros.Of(beforeDate));

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync(key.ToParsableString());

    public Task<MembershipTableData> ReadAll() => ReadAsync(null);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => ChangeAsync(
        tableVersion,
        """
        INSERT INTO nodes (id, status, entry, alive_at, version, started_at, seen_at)
        VALUES ($1, $2, $3, $4, $5, flownexus_now(), flownexus_now()) ON CONFLICT DO NOTHING
        """,
        entry.SiloAddress.ToParsableString(), (int)entry.Status, MemberEntry.Write(entry), entry.IAmAliveTime.Ticks, ThisNode.Version);

    /// <summary>A member's own update is a sign of its life.</summary>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => ChangeAsync(
        tableVersion,
        "UPDATE nodes SET status = $2, entry = $3, alive_at = $4, seen_at = CASE WHEN $5 THEN flownexus_now() ELSE seen_at END WHERE id = $1",
        entry.SiloAddress.ToParsableString(), (int)entry.Status, MemberEntry.Write(entry), entry.IAmAliveTime.Ticks, entry.SiloAddress.Equals(node.Address));

    public Task UpdateIAmAlive(MembershipEntry entry) =>
        ExecuteAsync("UPDATE nodes SET alive_at = $2 WHERE id = $1", entry.SiloAddress.ToParsableString(), entry.IAmAliveTime.Ticks);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<MembershipTableData> ReadAsync(string? id)
    {
        // One statement, so that members and version are of one moment.
        await using var command = Command("SELECT m.version, n.id, n.status, n.entry, n.alive_at FROM membership m LEFT JOIN nodes n ON $1::text IS NULL OR n.id = $1", (object?)id ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync();
        List<Tuple<MembershipEntry, string>> members = [];
        var version = 0;
        while (await reader.ReadAsync())
        {
            version = reader.GetInt32(0);
            if (!await reader.IsDBNullAsync(1)) members.Add(Tuple.Create(MemberEntry.Read(reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetInt64(4)), ""));
        }

        return new MembershipTableData(members, new TableVersion(version, version.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The table's version guards every change; with it the rows need no tag of their own.</summary>
    private async Task<bool> ChangeAsync(TableVersion version, string sql, params object[] values)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var guard = new NpgsqlCommand("UPDATE membership SET version = $1 WHERE version = $2", connection, transaction) { Parameters = { Value(version.Version), Value(int.Parse(version.VersionEtag, CultureInfo.InvariantCulture)) } };
        if (await guard.ExecuteNonQueryAsync() == 0) return false;
        await using var change = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values) change.Parameters.Add(Value(value));
        if (await change.ExecuteNonQueryAsync() == 0) return false;
        await transaction.CommitAsync();
        return true;
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = _source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(Value(value));
        return command;
    }

    private static NpgsqlParameter Value(object value) => value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } : new NpgsqlParameter { Value = value };
}
