namespace FlowNexus.Engine.Queues;

/// <summary>
/// What differs between a queue in memory and the database. Commits and messages are under way all the time, so a
/// difference counts only when the look before saw it too.
/// </summary>
internal sealed class Differences
{
    private HashSet<string> _before = [];

    /// <returns>Those that were there at the last look already.</returns>
    public IReadOnlyList<string> Confirm(IEnumerable<string> seen)
    {
        HashSet<string> now = [.. seen];
        List<string> confirmed = [.. now.Where(_before.Contains)];
        _before = now;
        return confirmed;
    }
}
