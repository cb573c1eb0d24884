using Microsoft.AspNetCore.WebUtilities;

namespace FlowNexus.Web.Ui.Lists;

/// <summary>What a list shows, as it stands in the address: every view of a list is a link.</summary>
public sealed record ListQuery
{
    private const string TextKey = "q";
    private const string StatusKey = "status";
    private const string PageKey = "page";

    public string Text { get; init; } = "";

    /// <summary>Chosen statuses; none means all.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public bool IsFiltered => Text.Length > 0 || Statuses.Count > 0;

    /// <param name="address">Absolute, or a path with a query.</param>
    /// <param name="known">The statuses this list knows; others in the address are ignored.</param>
    public static ListQuery Read(string address, IReadOnlyCollection<string> known)
    {
        var at = address.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(at < 0 ? "" : address[at..].Split('#')[0]);
        var statuses = query.TryGetValue(StatusKey, out var given) ? given.ToString().Split(',') : [];
        return new ListQuery
        {
            Text = query.TryGetValue(TextKey, out var text) ? text.ToString() : "",
            Statuses = [.. statuses.Where(known.Contains).Distinct()],
            Page = query.TryGetValue(PageKey, out var page) && int.TryParse(page, out var number) && number > 1 ? number : 1,
        };
    }

    /// <summary>Another text or status begins at the first page.</summary>
    public ListQuery WithText(string text) => this with { Text = text.Trim(), Page = 1 };

    public ListQuery Toggle(string status) => this with
    {
        Statuses = Statuses.Contains(status) ? [.. Statuses.Where(one => one != status)] : [.. Statuses, status],
        Page = 1,
    };

    /// <summary>The address of this view.</summary>
    public string Href(string path)
    {
        Dictionary<string, string?> query = [];
        if (Text.Length > 0) query[TextKey] = Text;
        if (Statuses.Count > 0) query[StatusKey] = string.Join(',', Statuses);
        if (Page > 1) query[PageKey] = Page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString(path, query);
    }
}
