using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Pauses;

/// <summary>What is paused now, as last read from the database.</summary>
public sealed class PauseBook(EngineDatabase database)
{
    private volatile IReadOnlyDictionary<string, PauseRow> _paused = new Dictionary<string, PauseRow>();

    /// <summary>Told on this node after something was paused or resumed.</summary>
    public event EventHandler? Changed;

    public bool IsSystemPaused => _paused.ContainsKey(PauseScopes.System);

    /// <summary>Ids of the paused workflows.</summary>
    internal IReadOnlySet<string> Workflows => _paused.Keys.Select(PauseScopes.WorkflowOf).OfType<string>().ToHashSet();

    public Pause? Of(string scope) => Pause.Of(_paused.GetValueOrDefault(scope));

    internal bool IsQueuePaused(string name) => IsSystemPaused || _paused.ContainsKey(PauseScopes.Queue(name));

    internal async Task ReadAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Read();
        _paused = await context.Pauses.ToDictionaryAsync(row => row.Scope, cancellationToken);
    }

    internal void Tell() => Changed?.Invoke(this, EventArgs.Empty);
}
