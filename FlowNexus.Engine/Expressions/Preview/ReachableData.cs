using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions.Syntax;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Expressions.Preview;

/// <summary>Lists what the expressions of a step can use, with samples from past data; bounded in number, depth and size.</summary>
public static class ReachableData
{
    public const int MostEntries = 200;

    private const int MostDepth = 3;
    private const int LongestSample = 60;
    private const int MostSampleText = 4096;

    /// <param name="scope">Past data.</param>
    /// <param name="steps">Steps that come before it, the nearest first.</param>
    /// <param name="failing">Steps whose failure leads to it.</param>
    public static IReadOnlyList<DataInReach> Of(StepScope scope, IReadOnlyList<string> steps, IReadOnlyList<string> failing)
    {
        var list = new Listing();
        if (scope.Item is { } item)
        {
            list.Add("item", item.Value, known: true, 0);
            list.Add("index", JsonValue.Create(item.Index), known: true, 0);
        }

        foreach (var step in failing)
        {
            list.Add($"steps{Name(step)}.error.code", scope.ErrorOf(step)?["code"], scope.ErrorOf(step) is not null, 0);
            list.Add($"steps{Name(step)}.error.message", scope.ErrorOf(step)?["message"], scope.ErrorOf(step) is not null, 0);
        }

        // Each step gets its place before the fields of the first ones take it.
        var share = Math.Max(8, MostEntries / (steps.Count + 2));
        list.Within(share, () => list.Add("input", scope.Input, scope.Input is not null, 0));
        foreach (var step in steps)
        {
            var known = scope.Outputs.TryGetValue(step, out var output);
            list.Within(share, () => list.Add($"steps{Name(step)}.output", output, known, 0));
        }

        foreach (var fact in ExecutionRoot.Facts) list.Add("execution." + fact, null, known: false, 0);
        return list.Entries;
    }

    private static string Name(string step) => new PathSegment(step, null).Print();

    private sealed class Listing
    {
        private readonly List<DataInReach> _entries = [];
        private int _limit = MostEntries;
        private int _samples = MostSampleText;

        public IReadOnlyList<DataInReach> Entries => _entries;

        public void Within(int share, Action add)
        {
            _limit = Math.Min(MostEntries, _entries.Count + share);
            add();
            _limit = MostEntries;
        }

        public void Add(string path, JsonNode? value, bool known, int depth)
        {
            if (_entries.Count >= _limit) return;
            _entries.Add(new DataInReach(path, known ? BoundedValue.Kind(value) : "", known ? Sample(value) : null));
            if (depth >= MostDepth) return;
            if (value is JsonObject fields)
                foreach (var (name, inner) in fields) Add(path + Name(name), inner, known: true, depth + 1);
            else if (value is JsonArray { Count: > 0 } items && items[0] is JsonObject first)
                foreach (var (name, inner) in first) Add($"{path}[0]{Name(name)}", inner, known: true, depth + 1);
        }

        private string? Sample(JsonNode? value)
        {
            if (_samples <= 0) return null;
            var sample = value switch
            {
                null => "null",
                JsonArray items => $"{items.Count.ToString("N0", CultureInfo.InvariantCulture)} {(items.Count == 1 ? "item" : "items")}",
                JsonObject fields => $"{{ {string.Join(", ", fields.Select(field => field.Key).Take(6))}{(fields.Count > 6 ? ", …" : "")} }}",
                _ => value.ToString(),
            };
            if (sample.Length > LongestSample) sample = string.Concat(sample.AsSpan(0, LongestSample - 1), "…");
            _samples -= sample.Length;
            return sample;
        }
    }
}
