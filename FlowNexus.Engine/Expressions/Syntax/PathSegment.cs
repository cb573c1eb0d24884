using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>One step down a path: a name, or a computed name or index in brackets.</summary>
internal readonly record struct PathSegment(string? Name, ExpressionNode? Computed)
{
    public string Print() => Name is null ? $"[{Computed!.Print()}]" : IsPlain(Name) ? "." + Name : $"[{LiteralNode.Quote(Name)}]";

    /// <summary>False when the value has nothing there; then <paramref name="reason"/> says what it has.</summary>
    public bool TryStep(in EvaluationScope scope, in ExpressionValue from, out ExpressionValue to, out MissingSegment reason)
    {
        var name = Name;
        reason = default;
        to = default;
        if (name is null)
        {
            var key = Computed!.Evaluate(scope);
            if (key.Kind == ValueKind.Number) return TryIndex(from, key.Number, out to, out reason);
            name = key.Kind == ValueKind.Text ? key.Text : throw ExpressionProblems.Type(
                $"Brackets take a position or a name; {Computed.Print()} is {ExpressionValue.Describe(key.Kind)}.");
        }

        if (from.Kind == ValueKind.Object)
        {
            if (from.Object.TryGetPropertyValue(name, out var node))
            {
                to = ExpressionValue.From(node);
                return true;
            }

            reason = new MissingSegment($"there is no '{name}'", [.. from.Object.Select(pair => pair.Key).Take(50)]);
            return false;
        }

        reason = new MissingSegment($"{ExpressionValue.Describe(from.Kind)} has no '{name}'", []);
        return false;
    }

    public static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(character => char.IsLetterOrDigit(character) || character == '_');

    private static bool TryIndex(in ExpressionValue from, double index, out ExpressionValue to, out MissingSegment reason)
    {
        to = default;
        if (from.Kind != ValueKind.Array)
        {
            reason = new MissingSegment($"{ExpressionValue.Describe(from.Kind)} has no positions", []);
            return false;
        }

        JsonArray array = from.Array;
        if (index != Math.Floor(index) || index < 0 || index >= array.Count)
        {
            reason = new MissingSegment($"position {index} is outside an array of {array.Count}; positions start at 0", []);
            return false;
        }

        to = ExpressionValue.From(array[(int)index]);
        reason = default;
        return true;
    }
}

/// <param name="Why">Continues "… because".</param>
/// <param name="InReach">Names that are there instead.</param>
internal readonly record struct MissingSegment(string Why, IReadOnlyList<string> InReach);
