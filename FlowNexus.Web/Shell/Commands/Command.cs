namespace FlowNexus.Web.Shell.Commands;

/// <summary>Something the palette offers: a place to go to or an act.</summary>
/// <param name="Title">What the act is called; a verb first, or the name of a place.</param>
/// <param name="Group">The heading it stands under.</param>
/// <param name="RunAsync">What choosing it does.</param>
public sealed record Command(string Title, string Group, string Icon, Func<Task> RunAsync)
{
    /// <summary>Other words people look for it with.</summary>
    public string Words { get; init; } = "";

    /// <summary>The keys that do the same, one entry a key.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}
