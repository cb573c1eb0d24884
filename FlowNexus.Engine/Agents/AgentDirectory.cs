using System.Text.Json;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Agents;

/// <summary>The registered agents with their records, read again when older than a second.</summary>
public sealed class AgentDirectory(EngineDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private volatile IReadOnlyList<Agent> _known = [];
    private long _read;

    public async ValueTask<IReadOnlyList<Agent>> AllAsync()
    {
        var now = time.GetTimestamp();
        if (_read != 0 && time.GetElapsedTime(Volatile.Read(ref _read), now) < Fresh) return _known;
        await using var context = database.Read();
        var rows = await context.Agents.OrderBy(row => row.Id).ToListAsync();
        _known = [.. rows.Select(Read)];
        Volatile.Write(ref _read, now);
        return _known;
    }

    /// <summary>Null when there is no such agent. One that is known is as last read.</summary>
    public async ValueTask<Agent?> FindAsync(string id) => Known(_known, id) ?? Known(await AllAsync(), id);

    /// <summary>Makes the next look read anew.</summary>
    public void Forget() => Volatile.Write(ref _read, 0);

    private static Agent? Known(IReadOnlyList<Agent> agents, string id) => agents.FirstOrDefault(agent => agent.Id == id);

    private static Agent Read(AgentRow row) => new()
    {
        Id = row.Id,
        Type = row.Type,
        Name = row.Name,
        Description = row.Description,
        Capabilities = JsonSerializer.Deserialize<string[]>(row.Capabilities) ?? [],
        ExperienceLevel = row.ExperienceLevel,
        ExperienceScore = Agents.ExperienceScore.Of(row.ExperienceLevel, row.Completed, row.Failed),
        Tier = row.Tier,
        PriceMicro = row.PriceMicro,
        Capacity = row.Capacity,
        Provider = row.Provider,
        Enabled = row.Enabled,
        Completed = row.Completed,
        Failed = row.Failed,
    };
}
