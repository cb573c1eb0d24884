namespace FlowNexus.Web.Ui.Canvas;

/// <summary>
/// Statuses on their way to the browser: the latest of each step, twenty times a second at most, and one message under way.
/// The first one after a pause goes out at once.
/// </summary>
internal sealed class CanvasStatusFeed(Func<IReadOnlyCollection<CanvasStatus>, bool, Task> send, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, CanvasStatus> _waiting = [];
    private bool _all;
    private bool _sending;

    /// <param name="all">True when these are all there are: others lose their status.</param>
    public async Task PutAsync(IEnumerable<CanvasStatus> statuses, bool all, CancellationToken cancellationToken)
    {
        if (all)
        {
            _waiting.Clear();
            _all = true;
        }

        foreach (var status in statuses) _waiting[status.Id] = status;
        if (_sending) return;
        _sending = true;
        try
        {
            while (_waiting.Count > 0 || _all)
            {
                var (batch, whole) = (_waiting.Values.ToArray(), _all);
                _waiting.Clear();
                _all = false;
                await Task.WhenAll(send(batch, whole), Task.Delay(Beat, time, cancellationToken));
            }
        }
        finally
        {
            _sending = false;
        }
    }
}
