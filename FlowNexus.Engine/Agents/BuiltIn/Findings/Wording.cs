using System.Globalization;

namespace FlowNexus.Engine.Agents.BuiltIn.Findings;

/// <summary>Figures and names as people read them.</summary>
internal static class Wording
{
    public static string Figure(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("N1", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    public static string Share(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Change(double share) => (share >= 0 ? "+" : "−") + Share(Math.Abs(share));

    /// <summary><c>unit_price</c> is written "unit price".</summary>
    public static string Name(string column) => column.Replace('_', ' ');

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
