using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Everything found while one definition is read. Stops growing when nobody would read on.</summary>
internal sealed class ProblemList
{
    private const int Most = 500;
    private const int MostSuggestions = 100;

    private readonly List<ProblemDetail> _errors = [];
    private readonly List<ProblemDetail> _warnings = [];
    private int _suggestions;

    public IReadOnlyList<ProblemDetail> Errors => _errors;

    public IReadOnlyList<ProblemDetail> Warnings => _warnings;

    public void Error(ProblemDetail detail) => Add(_errors, detail);

    public void Error(string pointer, string rule, string message, string? hint = null, IReadOnlyList<string>? allowed = null) =>
        Error(new ProblemDetail(pointer, rule, message) { Hint = hint, Allowed = allowed });

    public void Warn(ProblemDetail detail) => Add(_warnings, detail);

    public void Warn(string pointer, string rule, string message, string? hint = null, IReadOnlyList<string>? allowed = null) =>
        Warn(new ProblemDetail(pointer, rule, message) { Hint = hint, Allowed = allowed });

    /// <summary>A hint with the word that was probably meant; null when nothing is near, or when enough have been given.</summary>
    // Comparing thousands of wrong names with thousands of right ones would take seconds that help nobody.
    public string? Suggest(string word, IEnumerable<string> candidates) =>
        _suggestions++ < MostSuggestions ? DidYouMean.Hint(word, candidates) : null;

    private static void Add(List<ProblemDetail> list, ProblemDetail detail)
    {
        if (list.Count < Most) list.Add(detail);
        else if (list.Count == Most) list.Add(new ProblemDetail("", "too_many_problems", $"Only the first {Most} problems are listed."));
    }
}
