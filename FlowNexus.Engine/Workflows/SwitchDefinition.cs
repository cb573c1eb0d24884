using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows;

/// <summary>Where a <c>switch</c> step can lead.</summary>
/// <param name="Cases">In the order they are looked at.</param>
/// <param name="Default">Targets when no case matches; empty leads nowhere.</param>
/// <param name="TakesAll">Every case that matches is taken, not only the first.</param>
public sealed record SwitchDefinition(IReadOnlyList<CaseDefinition> Cases, IReadOnlyList<string> Default, bool TakesAll);

/// <summary>One case: exactly one of <paramref name="If"/>, <paramref name="EqualTo"/> and <paramref name="OneOf"/> says when it matches.</summary>
/// <param name="Then">Step names or path labels.</param>
public sealed record CaseDefinition(CaseMatch Match, string? If, JsonNode? EqualTo, JsonArray? OneOf, IReadOnlyList<string> Then);

/// <summary>How a case decides.</summary>
public enum CaseMatch { If, Equals, In }
