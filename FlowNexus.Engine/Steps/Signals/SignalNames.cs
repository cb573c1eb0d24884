namespace FlowNexus.Engine.Steps.Signals;

/// <summary>What a signal may be called.</summary>
internal static class SignalNames
{
    public const string Rule = "a text of 1 to 200 characters without '/', '{', '}' or control characters";

    public static bool IsName(string name) => name.Length is > 0 and <= 200 && name.Trim() == name && !name.Any(one => char.IsControl(one) || one is '/' or '{' or '}');
}
