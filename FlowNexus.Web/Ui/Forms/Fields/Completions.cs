using System.Text.RegularExpressions;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Expressions.Preview;

namespace FlowNexus.Web.Ui.Forms.Fields;

/// <param name="Insert">What replaces the name being typed.</param>
/// <param name="About">Its kind and a sample, or what a function does.</param>
public sealed record Completion(string Insert, string Label, string About);

/// <summary>What can stand at the caret of an expression.</summary>
public static partial class Completions
{
    private const int Most = 40;

    /// <param name="before">The expression up to the caret.</param>
    /// <param name="asked">Offers everything also where nothing is typed yet.</param>
    /// <returns>What fits, and where in <paramref name="before"/> the name begins that it replaces.</returns>
    public static (IReadOnlyList<Completion> Found, int Start) At(string before, IReadOnlyList<DataInReach> reach, bool asked)
    {
        if (InsideText(before)) return ([], before.Length);
        var typed = Name().Match(before).Value;
        var start = before.Length - typed.Length;
        if (typed.Length == 0 && !asked && before.Trim().Length > 0) return ([], start);
        if (typed.Length > 0 && char.IsAsciiDigit(typed[0])) return ([], start);

        IEnumerable<DataInReach> names = reach.Where(one => one.Path.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && one.Path.Length > typed.Length && Deeper(one.Path, typed) <= (typed.Length == 0 ? 2 : 1))
            .OrderBy(one => Deeper(one.Path, typed));
        if (typed.Length >= 2)
            names = names.Concat(reach.Where(one => !one.Path.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && LastOf(one.Path).StartsWith(LastOf(typed), StringComparison.OrdinalIgnoreCase) && !typed.Contains('.')));
        var found = names.Select(one => new Completion(one.Path, one.Path, About(one)));
        if (!typed.Contains('.') && !typed.Contains('['))
            found = found.Concat(FunctionHelp.All.Where(help => help.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && help.Name != typed).Select(help => new Completion(help.Name + "(", help.Form, help.Does)));
        return ([.. found.DistinctBy(one => one.Insert).Take(Most)], start);
    }

    private static string About(DataInReach one) => one.Sample is null ? one.Kind : one.Kind is "list" or "object" or "null" ? one.Sample : $"{one.Kind} · {one.Sample}";

    private static int Deeper(string path, string typed) => path.AsSpan(Math.Min(typed.Length, path.Length)).Count('.') + path.AsSpan(Math.Min(typed.Length, path.Length)).Count('[');

    private static string LastOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>Whether the caret stands in a text of the expression, other than a name in brackets.</summary>
    private static bool InsideText(string before)
    {
        var quote = '\0';
        var opened = -1;
        for (var i = 0; i < before.Length; i++)
        {
            if (quote != '\0' && before[i] == '\\') i++;
            else if (quote != '\0' && before[i] == quote) quote = '\0';
            else if (quote == '\0' && before[i] is '"' or '\'') (quote, opened) = (before[i], i);
        }

        return quote != '\0' && (opened == 0 || before[opened - 1] != '[');
    }

    [GeneratedRegex("""(?:[\p{L}\p{N}_]+|\.|\["[^"]*"?\]?|\[\d*\]?)*$""", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
