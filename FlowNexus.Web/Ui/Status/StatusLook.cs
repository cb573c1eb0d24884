using FlowNexus.Web.Ui.Icons;

namespace FlowNexus.Web.Ui.Status;

/// <summary>How a status is shown: always an icon and a word, never the colour alone.</summary>
/// <param name="Tone">The colour's CSS variable without its prefix.</param>
public sealed record StatusLook(string Title, string Icon, string Tone)
{
    private static readonly StatusLook Running = new("Running", Glyph.Ring, "running");

    private static readonly Dictionary<string, StatusLook> Looks = new()
    {
        ["queued"] = new("Queued", Glyph.Clock, "queued"),
        ["pending"] = new("Pending", Glyph.Clock, "queued"),
        ["running"] = Running,
        ["in_progress"] = Running with { Title = "In progress" },
        ["waiting"] = new("Waiting", Glyph.Hourglass, "waiting"),
        ["retrying"] = new("Retrying", Glyph.Hourglass, "waiting"),
        ["paused"] = new("Paused", Glyph.PauseCircle, "paused"),
        ["completed"] = new("Completed", Glyph.CheckCircle, "completed"),
        ["failed"] = new("Failed", Glyph.CrossCircle, "failed"),
        ["timed_out"] = new("Timed out", Glyph.Timer, "timed-out"),
        ["cancelled"] = new("Cancelled", Glyph.Ban, "cancelled"),
        ["skipped"] = new("Skipped", Glyph.Dashed, "skipped"),
        ["active"] = new("Active", Glyph.CheckCircle, "completed"),
        ["inactive"] = new("Inactive", Glyph.PauseCircle, "cancelled"),
        ["draft"] = new("Draft", Glyph.Pencil, "queued"),
        ["healthy"] = new("Healthy", Glyph.CheckCircle, "completed"),
        ["degraded"] = new("Degraded", Glyph.Warning, "paused"),
        ["unhealthy"] = new("Unhealthy", Glyph.CrossCircle, "failed"),
        ["archived"] = new("Archived", Glyph.Ban, "cancelled"),
    };

    /// <summary>Every word with its look, for what is drawn in the browser.</summary>
    internal static IEnumerable<KeyValuePair<string, StatusLook>> All => Looks;

    /// <summary>The look of one of the contract's words; a word we do not know is shown as it is.</summary>
    public static StatusLook Of(string word) => Looks.TryGetValue(word, out var look) ? look : new StatusLook(word.Replace('_', ' '), Glyph.Info, "queued");

    /// <summary>True while the icon moves.</summary>
    public bool Moves => Tone is "running";
}
