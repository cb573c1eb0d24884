using Microsoft.AspNetCore.WebUtilities;

namespace FlowNexus.Web.Features.Executions;

/// <summary>Which lines of an execution's logs are shown, as it stands in the address: every view is a link.</summary>
/// <param name="Step">Empty for all.</param>
/// <param name="Level">The least level; empty for all.</param>
/// <param name="Text">Empty for all.</param>
public sealed record LogQuery(string Step = "", string Level = "", string Text = "")
{
    // "step" is the step that is looked at.
    private const string StepKey = "log_step";
    private const string LevelKey = "level";
    private const string TextKey = "q";

    public bool IsFiltered => Step.Length + Level.Length + Text.Length > 0;

    /// <param name="address">Absolute.</param>
    public static LogQuery Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return new LogQuery(Of(StepKey), Of(LevelKey), Of(TextKey));

        string Of(string key) => query.TryGetValue(key, out var value) ? value.ToString() : "";
    }

    /// <summary>Adds what is chosen to the query of an address.</summary>
    public void AddTo(IDictionary<string, string?> query)
    {
        if (Step.Length > 0) query[StepKey] = Step;
        if (Level.Length > 0) query[LevelKey] = Level;
        if (Text.Length > 0) query[TextKey] = Text;
    }
}
