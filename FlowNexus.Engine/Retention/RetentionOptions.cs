using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Retention;

/// <summary>How long what has ended is kept, by kind, in days. Section <c>FlowNexus:Retention</c>. 0 keeps a kind for ever.</summary>
public sealed class RetentionOptions
{
    public const string Section = "FlowNexus:Retention";

    /// <summary>Steps, tasks, signals, log lines, input and outputs of an execution, counted from its end. Its summary stays: status, times, credits, workflow, version, lineage.</summary>
    public double ExecutionsDays { get; set; } = 30;

    /// <summary>Details of an ended execution's events. What happened, when and by whom stays, and the chain still verifies.</summary>
    public double EventsDays { get; set; } = 30;

    /// <summary>Files that an ended execution produced. Name, size and hash stay.</summary>
    public double ArtifactsDays { get; set; } = 30;

    /// <summary>What became of the ticks of schedules; the last of each schedule stays.</summary>
    public double TicksDays { get; set; } = 30;

    /// <summary>Seconds between two rounds, 1 to 86,400.</summary>
    public double IntervalSeconds { get; set; } = 3600;
}

/// <summary>Names the setting, its limits and the value given.</summary>
internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    private const double MostDays = 36_500;

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        List<string> wrong = [];
        Days(nameof(RetentionOptions.ExecutionsDays), options.ExecutionsDays);
        Days(nameof(RetentionOptions.EventsDays), options.EventsDays);
        Days(nameof(RetentionOptions.ArtifactsDays), options.ArtifactsDays);
        Days(nameof(RetentionOptions.TicksDays), options.TicksDays);
        if (options.IntervalSeconds is not (>= 1 and <= 86_400))
            wrong.Add($"{RetentionOptions.Section}:{nameof(RetentionOptions.IntervalSeconds)} must be between 1 and 86400; it is {options.IntervalSeconds}.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Days(string key, double value)
        {
            if (value is not (>= 0 and <= MostDays)) wrong.Add($"{RetentionOptions.Section}:{key} must be between 0 (keep for ever) and {MostDays} days; it is {value}.");
        }
    }
}
