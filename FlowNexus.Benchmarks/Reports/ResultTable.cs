using System.Globalization;

namespace FlowNexus.Benchmarks.Reports;

/// <summary>All figures as one aligned table.</summary>
internal static class ResultTable
{
    private static readonly string[] Head = ["", "measured", "must", "aim", "reached", "p50", "p95", "p99", "samples"];

    public static void Write(IReadOnlyList<Measurement> measured, TextWriter to)
    {
        string[][] rows = [Head, .. measured.Select(Row)];
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        to.WriteLine();
        foreach (var row in rows)
            to.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
        to.WriteLine();
    }

    private static string[] Row(Measurement one) =>
    [
        one.Title,
        $"{Number(one.Value)} {one.Unit}",
        one.Target is { } must ? Number(must.Must) : "",
        one.Target is { } aim ? Number(aim.Aim) : "",
        one.Verdict switch { Verdict.Aim => "aim", Verdict.Must => "must", Verdict.Below => "BELOW", _ => "" },
        one.Latency is { } p50 ? $"{Number(p50.P50)} ms" : "",
        one.Latency is { } p95 ? $"{Number(p95.P95)} ms" : "",
        one.Latency is { } p99 ? $"{Number(p99.P99)} ms" : "",
        one.Samples?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "N0" : value >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}
