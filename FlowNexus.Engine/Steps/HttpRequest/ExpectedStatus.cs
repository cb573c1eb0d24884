using System.Globalization;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Steps.HttpRequest;

/// <summary>Which statuses count as success.</summary>
internal sealed record ExpectedStatus(IReadOnlyList<string> Forms)
{
    /// <summary>Null when the node is not a status, a class or a list of them; 2xx when it is null.</summary>
    public static ExpectedStatus? TryParse(JsonNode? node)
    {
        List<string> forms = node switch { null => ["2xx"], JsonArray items => [.. items.Select(item => item?.ToString() ?? "")], _ => [node.ToString()] };
        return forms.Count > 0 && forms.TrueForAll(IsForm) ? new ExpectedStatus(forms) : null;
    }

    public bool Holds(int status) => Forms.Any(form => form[1..] is "xx" ? form[0] - '0' == status / 100 : form == status.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => string.Join(" or ", Forms);

    private static bool IsForm(string form) => form.Length == 3 && form[0] is >= '1' and <= '5' && (form[1..] is "xx" || (char.IsAsciiDigit(form[1]) && char.IsAsciiDigit(form[2])));
}
