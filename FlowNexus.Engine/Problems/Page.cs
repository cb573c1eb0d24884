namespace FlowNexus.Engine.Problems;

/// <summary>Limits of a listed page: 1 to 200 rows from an offset of 0 or more.</summary>
public readonly record struct Page(int Limit, int Offset)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 200;

    /// <exception cref="ProblemException">INVALID_REQUEST naming the field, the value and the range.</exception>
    public static Page Of(int? limit, int? offset, int maxLimit = MaxLimit)
    {
        List<ProblemDetail> wrong = [];
        if (limit is < 1 || limit > maxLimit) wrong.Add(new ProblemDetail("/limit", "range", $"limit must be between 1 and {maxLimit}; it is {limit}."));
        if (offset is < 0) wrong.Add(new ProblemDetail("/offset", "range", $"offset must be 0 or more; it is {offset}."));
        if (wrong.Count > 0) throw new ProblemException(new Problem(ProblemCodes.InvalidRequest, wrong[0].Message) { Details = wrong });
        return new Page(limit ?? DefaultLimit, offset ?? 0);
    }
}
