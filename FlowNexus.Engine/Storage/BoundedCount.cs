using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Storage;

/// <summary>Counts for lists. To count is to read: over millions of rows it would cost more than the page, so it ends at some number.</summary>
internal static class BoundedCount
{
    /// <summary>Lists count exactly up to this many; of more they say that there are at least so many.</summary>
    public const int Most = 10_000;

    /// <returns>The number of rows, or one more than <paramref name="most"/> when there are more.</returns>
    public static Task<int> CountUpToAsync<TRow>(this IQueryable<TRow> rows, int most = Most) => rows.Select(_ => 1).Take(most + 1).CountAsync();
}
