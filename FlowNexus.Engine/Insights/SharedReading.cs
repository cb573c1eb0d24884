namespace FlowNexus.Engine.Insights;

/// <summary>
/// Something that many watch and that costs to read. Whoever asks gets what was read after they asked; those who ask
/// at about the same time share one reading, and there is at most one each pause.
/// </summary>
internal sealed class SharedReading<T>(Func<Task<T>> read, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task<T>? _next;
    private long? _last;

    public Task<T> ReadAsync()
    {
        lock (_gate) return _next ??= ReadNextAsync(_last is { } last ? pause - time.GetElapsedTime(last) : TimeSpan.Zero);
    }

    private async Task<T> ReadNextAsync(TimeSpan delay)
    {
        // Always later, so that the task is known before it ends.
        await Task.Yield();
        if (delay > TimeSpan.Zero) await Task.Delay(delay, time);
        lock (_gate) (_next, _last) = (null, time.GetTimestamp());
        return await read();
    }
}
