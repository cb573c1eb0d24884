using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FlowNexus.Engine.Cluster;

/// <summary>Lists the nodes of an installation.</summary>
public sealed class GetCluster
{
    private const string Sql = """
        SELECT id, status, draining, gone, version, started_at, (flownexus_now() - seen_at) / 1e6::float8 FROM nodes
        WHERE (NOT gone AND status <> 6) OR seen_at > flownexus_now() - 3600000000 ORDER BY started_at
        """;

    private readonly EngineDatabase _database;
    private readonly ThisNode _node;

    /// <summary>Made by the container.</summary>
    public GetCluster(EngineDatabase database, ThisNode node)
    {
        _database = database;
        _node = node;
    }

    /// <returns>Every node, and those that went within the last hour.</returns>
    /// <exception cref="ProblemException">FORBIDDEN.</exception>
    public async Task<ClusterView> RunAsync(Principal principal, CancellationToken cancellationToken)
    {
        principal.Demand(Permission.Read);
        await using var context = _database.Read();
        var owned = await context.Executions.Where(row => row.FinishedAt == null).GroupBy(row => row.Owner).Select(one => new { one.Key, Count = one.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancellationToken);
        if (!_node.IsClustered)
            return new ClusterView(false, _node.Id, [new NodeView(_node.Id, _node.IsDraining ? "draining" : "active", ThisNode.Version, _node.StartedAt, 0, owned.GetValueOrDefault(_node.Id))]);

        await using var connection = new NpgsqlConnection(_database.Connections!.Coordinating(5));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<NodeView> nodes = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var state = State((SiloStatus)reader.GetInt32(1), reader.GetBoolean(2), reader.GetBoolean(3));
            nodes.Add(new NodeView(reader.GetString(0), state, reader.GetString(4), UnixMicros.Read(reader.GetInt64(5)), Math.Round(reader.GetDouble(6), 1), owned.GetValueOrDefault(reader.GetString(0))));
        }

        return new ClusterView(true, _node.Id, nodes);
    }

    private static string State(SiloStatus status, bool draining, bool gone) => (status, draining, gone) switch
    {
        (SiloStatus.Dead, _, _) or (_, _, true) => "gone",
        (_, true, _) or (SiloStatus.ShuttingDown or SiloStatus.Stopping, _, _) => "draining",
        (SiloStatus.Active, _, _) => "active",
        _ => "joining",
    };
}

/// <param name="ThisNode">The node that answers.</param>
public sealed record ClusterView(bool Clustered, string ThisNode, IReadOnlyList<NodeView> Nodes)
{
    public bool Success { get; } = true;
}

/// <param name="State">joining, active, draining or gone.</param>
/// <param name="Since">When it started.</param>
/// <param name="SeenSecondsAgo">Seconds since its last sign of life.</param>
/// <param name="ExecutionsOwned">Executions that have not ended and are this node's.</param>
public sealed record NodeView(string Id, string State, string Version, DateTimeOffset Since, double SeenSecondsAgo, int ExecutionsOwned);
