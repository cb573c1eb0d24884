namespace FlowNexus.Engine.Agents.BuiltIn.Drafting;

/// <summary>Sentences that rest on one source.</summary>
/// <param name="Heading">What they are about.</param>
/// <param name="Sentences">In order.</param>
/// <param name="Source">Where every word of them comes from, for people: <c>step data_processing</c>, <c>input_data.facts</c>.</param>
internal sealed record Passage(string Heading, IReadOnlyList<string> Sentences, string Source);
