using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Audit;

/// <summary>
/// Where in the order of commits a moment is. Events are committed about when they happen, so the place is found by
/// halving instead of with an index that every event would pay for.
/// </summary>
internal static class EventPositions
{
    /// <summary>How much later than it happened, or by another node's clock, an event may have been committed.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>Near enough to the moment to end there.</summary>
    private static readonly long Near = UnixMicros.Of(DateTimeOffset.UnixEpoch + (Slack / 2));

    /// <returns>A position with no event from <paramref name="at"/> on before it.</returns>
    public static Task<long> BeforeAsync(FlowNexusDbContext context, DateTimeOffset at) => FirstAsync(context, UnixMicros.Of(at - Slack));

    /// <returns>A position with no event before <paramref name="at"/> from it on.</returns>
    public static Task<long> AfterAsync(FlowNexusDbContext context, DateTimeOffset at) => FirstAsync(context, UnixMicros.Of(at + Slack));

    /// <summary>The position of an event near that moment, or the first after it, or one behind the last.</summary>
    private static async Task<long> FirstAsync(FlowNexusDbContext context, long at)
    {
        var low = await context.Events.MinAsync(row => (long?)row.Position) ?? 0;
        var high = (await context.Events.MaxAsync(row => (long?)row.Position) ?? 0) + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var found = await context.Events.Where(row => row.Position >= middle).OrderBy(row => row.Position).Select(row => new { row.Position, row.At }).FirstAsync();
            if (Math.Abs(found.At - at) < Near) return found.Position;
            if (found.At >= at) high = middle;
            else low = found.Position + 1;
        }

        return low;
    }
}
