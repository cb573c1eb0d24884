namespace FlowNexus.Web.Ui.Canvas;

/// <summary>One box. Two boxes that look alike are equal, their lists by content.</summary>
public sealed record CanvasBox
{
    public required string Id { get; init; }

    /// <summary><c>step</c> or <c>trigger</c>.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string TypeTitle { get; init; }

    /// <summary>Tints the icon's tile: agent, control, data, code, people or output.</summary>
    public required string Family { get; init; }

    /// <summary>Name of one of the icons of <see cref="Icons.Glyph"/>.</summary>
    public required string Glyph { get; init; }

    /// <summary>Under the name: the essence of the settings.</summary>
    public string? Line { get; init; }

    public IReadOnlyList<CanvasBadge> Badges { get; init; } = [];

    /// <summary>Ways out beside the ordinary one.</summary>
    public IReadOnlyList<CanvasPort> Ports { get; init; } = [];

    /// <summary>False for a step that only branches.</summary>
    public bool HasPlainOut { get; init; } = true;

    public string? Problem { get; init; }

    /// <summary><c>error</c> or <c>warning</c>.</summary>
    public string? ProblemLevel { get; init; }

    /// <summary>In a comparison of versions: <c>added</c>, <c>removed</c> or <c>changed</c>.</summary>
    public string? Change { get; init; }

    /// <summary>Null: laid out automatically.</summary>
    public double? X { get; init; }

    public double? Y { get; init; }

    public bool Equals(CanvasBox? other) =>
        ReferenceEquals(this, other) || (other is not null
        && (Id, Kind, Name, Type, TypeTitle, Family, Glyph) == (other.Id, other.Kind, other.Name, other.Type, other.TypeTitle, other.Family, other.Glyph)
        && (Line, HasPlainOut, Problem, ProblemLevel, Change, X, Y) == (other.Line, other.HasPlainOut, other.Problem, other.ProblemLevel, other.Change, other.X, other.Y)
        && Badges.SequenceEqual(other.Badges) && Ports.SequenceEqual(other.Ports));

    public override int GetHashCode() => HashCode.Combine(Id, Name, Type, Line, X, Y);
}

/// <param name="Kind">retry, timeout, trigger, warning, pinned, join, exclusive or fallback.</param>
/// <param name="Text">In words.</param>
public sealed record CanvasBadge(string Kind, string Text);

/// <param name="Id"><c>if:0:then</c>, <c>if:0:else</c>, <c>case:0</c>, <c>default</c> or <c>error</c>.</param>
public sealed record CanvasPort(string Id, string Label);
