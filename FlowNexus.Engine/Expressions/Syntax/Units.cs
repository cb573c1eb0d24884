using System.Collections.Frozen;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>Units a number may carry without a space: sizes give bytes, durations give seconds, <c>%</c> a fraction.</summary>
internal static class Units
{
    private static readonly FrozenDictionary<string, double> Factors = new Dictionary<string, double>
    {
        ["B"] = 1,
        ["KB"] = 1e3, ["kB"] = 1e3, ["MB"] = 1e6, ["GB"] = 1e9, ["TB"] = 1e12,
        ["KiB"] = 1024, ["MiB"] = 1048576, ["GiB"] = 1073741824, ["TiB"] = 1099511627776,
        ["ms"] = 0.001, ["s"] = 1, ["m"] = 60, ["h"] = 3600, ["d"] = 86400,
        ["%"] = 0.01,
    }.ToFrozenDictionary();

    public static readonly IReadOnlyList<string> Allowed =
        ["B", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "ms", "s", "m", "h", "d", "%"];

    public static readonly IReadOnlyList<string> Durations = ["ms", "s", "m", "h", "d"];

    public static bool TryFactor(string unit, out double factor) => Factors.TryGetValue(unit, out factor);

    public static double Apply(double number, double factor) => factor < 1 ? number / Math.Round(1 / factor) : number * factor;
}
