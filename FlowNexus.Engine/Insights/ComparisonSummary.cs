using System.Globalization;

namespace FlowNexus.Engine.Insights;

/// <summary>Says in a sentence or two why one execution took longer than another. Pure.</summary>
internal static class ComparisonSummary
{
    /// <summary>A difference that is smaller than this share of the longer one is none.</summary>
    private const double Share = .05;

    private const double LeastSeconds = .05;

    /// <returns>The words, and the step they name.</returns>
    public static (string Words, string? Step) Of(ComparedExecution here, ComparedExecution there, IReadOnlyList<StepComparison> steps, bool inputsDiffer)
    {
        if (here.Duration is not { } mine || there.Duration is not { } theirs)
            return ($"{(here.Duration is null ? "This execution" : "The other execution")} has not ended yet; the steps are compared as far as they have.", null);
        var (queued, queuedThere) = (here.Queued ?? 0, there.Queued ?? 0);
        var (total, totalThere) = (mine + queued, theirs + queuedThere);
        var difference = total - totalThere;
        if (Math.Abs(difference) < Math.Max(LeastSeconds, Share * Math.Max(total, totalThere)))
            return ($"Both took about the same: {Text(total)} against {Text(totalThere)}.", null);

        var opening = $"It took {Text(Math.Abs(difference))} {(difference > 0 ? "longer" : "less")}: {Text(total)} against {Text(totalThere)}";
        var sign = Math.Sign(difference);
        var main = steps.Where(step => step.Difference is not null && (step.IsCritical || sign < 0)).MaxBy(step => step.Difference!.Value * sign);
        var inQueue = (queued - queuedThere) * sign;
        if (inQueue > Math.Max(0, (main?.Difference ?? 0) * sign) && inQueue > LeastSeconds)
            return ($"{opening}, mostly because it waited {Text(inQueue)} {Than(sign)} in the queue before it started.", null);
        if (main is null || main.Difference * sign <= LeastSeconds) return (opening + (inputsDiffer ? "; no single step stands out, but the inputs differ." : "; no single step stands out."), null);
        return ($"{opening}, mostly because {Cause(main, sign)}.", main.Name);
    }

    private static string Cause(StepComparison step, int sign)
    {
        var (mine, theirs) = (step.This, step.Other);
        if (theirs is null or { Took: null }) return $"{step.Name} ran here ({Text(mine?.Total ?? 0)}) and not there";
        if (mine is null or { Took: null }) return $"{step.Name} ran there ({Text(theirs.Total ?? 0)}) and not here";
        var waited = ((mine.Waited ?? 0) - (theirs.Waited ?? 0)) * sign;
        var took = (mine.Took!.Value - theirs.Took!.Value) * sign;
        if (waited > took) return $"{step.Name} waited {Text(waited)} {Than(sign)} before it began";
        return $"{step.Name} took {Text(took)} {Than(sign)}{Reason(mine, theirs)}";
    }

    private static string Reason(StepMeasure mine, StepMeasure theirs)
    {
        if (mine.Attempts != theirs.Attempts) return $": {Attempts(mine.Attempts)} instead of {theirs.Attempts.ToString(CultureInfo.InvariantCulture)}";
        if (mine.Records is { } records && theirs.Records is { } before && records != before) return string.Create(CultureInfo.InvariantCulture, $": it went through {records:N0} records instead of {before:N0}");
        if (mine.AgentId is not null && theirs.AgentId is not null && mine.AgentId != theirs.AgentId) return $": {mine.AgentId} did it instead of {theirs.AgentId}";
        return mine.Status == theirs.Status ? "" : $": it ended as {mine.Status} instead of {theirs.Status}";
    }

    private static string Attempts(int count) => count == 1 ? "one attempt" : string.Create(CultureInfo.InvariantCulture, $"{count} attempts");

    private static string Than(int sign) => sign > 0 ? "longer" : "less";

    private static string Text(double seconds)
    {
        if (seconds < 0.9995) return string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms");
        if (seconds < 59.95) return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
        var whole = (long)Math.Round(seconds);
        return whole < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 60} m {whole % 60} s")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 3600} h {whole % 3600 / 60} m");
    }
}
