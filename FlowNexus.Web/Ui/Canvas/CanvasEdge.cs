namespace FlowNexus.Web.Ui.Canvas;

/// <summary>A line from one box to another.</summary>
public sealed record CanvasEdge
{
    public required string Id { get; init; }

    public required string From { get; init; }

    /// <summary>Null: the ordinary way out.</summary>
    public string? Port { get; init; }

    public required string To { get; init; }

    /// <summary>flow, branch, error or trigger.</summary>
    public required string Kind { get; init; }

    public string? Label { get; init; }

    /// <summary>In a comparison of versions: <c>added</c> or <c>removed</c>.</summary>
    public string? Change { get; init; }

    /// <summary>Of an execution: <c>taken</c> or <c>not_taken</c>; null while it is open.</summary>
    public string? Path { get; init; }

    /// <summary>Of a taken path: the status whose colour it has.</summary>
    public string? PathStatus { get; init; }
}
