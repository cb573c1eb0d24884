using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Postgres;
using Npgsql;

namespace FlowNexus.Engine.Cluster;

/// <summary>Makes one activation of a queue the only one that lets something through. A node that is alone never has two.</summary>
internal sealed class QueueActivations(EngineDatabase database, ThisNode node)
{
    /// <returns>The id of the activation; null on a node that is alone.</returns>
    public async Task<string?> BeginAsync(string queue, CancellationToken cancellationToken)
    {
        if (!node.IsClustered) return null;
        var activation = $"{node.Id} {Convert.ToHexStringLower(RandomBytes.Get(8))}";
        await using var connection = new NpgsqlConnection(database.Connections!.Coordinating(5));
        await connection.OpenAsync(cancellationToken);
        await Admissions.BeginAsync(connection, new Admission(queue, activation), cancellationToken);
        return activation;
    }
}
