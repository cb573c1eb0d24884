namespace FlowNexus.Web.Shell.Theme;

/// <summary>The colours of one theme. Every colour on a page is one of these; the names are their CSS variables.</summary>
internal sealed record ColourSet
{
    public required bool Dark { get; init; }

    public required string Canvas { get; init; }

    public required string Surface { get; init; }

    public required string Raised { get; init; }

    /// <summary>What a pointer or the keyboard rests on, and quiet fills.</summary>
    public required string Subtle { get; init; }

    public required string Border { get; init; }

    /// <summary>The edge of a control: 3 : 1 against its surface, so that an empty field can be seen.</summary>
    public required string ControlBorder { get; init; }

    public required string Text { get; init; }

    public required string Muted { get; init; }

    public required string Accent { get; init; }

    public required string OnAccent { get; init; }

    public required string AccentHover { get; init; }

    public required string Overlay { get; init; }

    public required StatusColours Status { get; init; }

    public required FamilyColours Family { get; init; }

    /// <summary>Name and value of every CSS variable of this theme.</summary>
    public IEnumerable<(string Name, string Value)> Variables() =>
    [
        ("canvas", Canvas), ("surface", Surface), ("raised", Raised), ("subtle", Subtle), ("border", Border),
        ("control-border", ControlBorder), ("text", Text), ("muted", Muted), ("accent", Accent), ("on-accent", OnAccent),
        ("accent-hover", AccentHover), ("overlay", Overlay),
        ("queued", Status.Queued), ("running", Status.Running), ("waiting", Status.Waiting), ("paused", Status.Paused),
        ("completed", Status.Completed), ("failed", Status.Failed), ("timed-out", Status.TimedOut),
        ("cancelled", Status.Cancelled), ("skipped", Status.Skipped),
        ("family-agent", Family.Agent), ("family-control", Family.Control), ("family-data", Family.Data),
        ("family-code", Family.Code), ("family-people", Family.People), ("family-output", Family.Output),
    ];
}

/// <summary>One colour a status; always beside an icon and a word.</summary>
internal sealed record StatusColours(
    string Queued, string Running, string Waiting, string Paused, string Completed, string Failed, string TimedOut, string Cancelled, string Skipped);

/// <summary>The tint of a step's icon tile.</summary>
internal sealed record FamilyColours(string Agent, string Control, string Data, string Code, string People, string Output);
