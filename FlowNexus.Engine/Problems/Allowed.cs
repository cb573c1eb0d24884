namespace FlowNexus.Engine.Problems;

/// <summary>Checks a word against the words that are allowed.</summary>
public static class Allowed
{
    /// <exception cref="ProblemException">INVALID_REQUEST naming the field, the value and what is allowed.</exception>
    public static string One(string field, string value, IReadOnlyList<string> allowed)
    {
        if (allowed.Contains(value)) return value;
        throw new ProblemException(new Problem(ProblemCodes.InvalidRequest, $"{field} \"{value}\" is not known. Allowed: {string.Join(", ", allowed)}.")
        {
            Details = [new ProblemDetail($"/{field}", "allowed", $"\"{value}\" is not allowed.") { Allowed = allowed }],
        });
    }

    /// <summary>One or several, separated by commas.</summary>
    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    public static IReadOnlyList<string> Several(string field, string value, IReadOnlyList<string> allowed) =>
        [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => One(field, word, allowed))];
}
