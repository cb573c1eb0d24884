using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Agents.BuiltIn.Checks;

/// <summary>One rule applied to a table.</summary>
/// <param name="Rule">Its stable word: <c>not_empty, complete, unique, range, format, no_duplicates</c>.</param>
/// <param name="Column">Null for the whole table.</param>
/// <param name="Failed">Rows that break it.</param>
/// <param name="Checked">Rows it looked at.</param>
/// <param name="Message">What holds or not, for people.</param>
/// <param name="Rows">The first rows that break it, from 1 as in a file without its header.</param>
internal sealed record TableCheck(string Rule, string? Column, int Failed, int Checked, string Message, IReadOnlyList<int> Rows)
{
    public bool Passed => Failed == 0;

    public JsonObject ToJson() => new()
    {
        ["rule"] = Rule,
        ["column"] = Column,
        ["passed"] = Passed,
        ["failed_rows"] = Failed,
        ["checked_rows"] = Checked,
        ["message"] = Message,
        ["rows"] = new JsonArray([.. Rows.Select(row => JsonValue.Create(row))]),
    };
}
