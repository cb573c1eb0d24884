namespace FlowNexus.Web.Shell.Commands;

/// <summary>Which commands fit what was typed, the best first. Pure.</summary>
internal static class CommandMatch
{
    private const int Nothing = 0;
    private const int Scattered = 1;
    private const int OtherWord = 2;
    private const int Inside = 3;
    private const int WordStart = 4;
    private const int Start = 5;

    /// <summary>Every word typed has to fit; equal fits keep their order.</summary>
    public static IReadOnlyList<Command> Rank(string typed, IReadOnlyList<Command> commands)
    {
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return commands;

        return
        [
            .. commands
                .Select(command => (command, score: words.Min(word => Score(word, command)), sum: words.Sum(word => Score(word, command))))
                .Where(fit => fit.score > Nothing)
                .OrderByDescending(fit => fit.sum)
                .Select(fit => fit.command),
        ];
    }

    private static int Score(string word, Command command)
    {
        var at = command.Title.IndexOf(word, StringComparison.CurrentCultureIgnoreCase);
        if (at == 0) return Start;
        if (at > 0) return command.Title[at - 1] == ' ' ? WordStart : Inside;
        if (command.Words.Contains(word, StringComparison.CurrentCultureIgnoreCase)) return OtherWord;
        return IsScattered(word, command.Title) ? Scattered : Nothing;
    }

    // "wkfl" finds "Workflows": its letters stand there in this order.
    private static bool IsScattered(string letters, string title)
    {
        var next = 0;
        foreach (var letter in title)
            if (next < letters.Length && char.ToLowerInvariant(letter) == char.ToLowerInvariant(letters[next]))
                next++;

        return next == letters.Length;
    }
}
