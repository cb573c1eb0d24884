namespace FlowNexus.Engine.Storage;

/// <summary>Instants as the database keeps them: microseconds since 1970-01-01T00:00:00Z. SQLite neither compares nor sorts richer types right.</summary>
public static class UnixMicros
{
    public static long Of(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static long? Of(DateTimeOffset? at) => at is { } value ? Of(value) : null;

    public static DateTimeOffset Read(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? Read(long? micros) => micros is { } value ? Read(value) : null;

    /// <summary>The instant as the database will give it back, so that a value compares equal before and after a round trip.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at) => Read(Of(at));
}
