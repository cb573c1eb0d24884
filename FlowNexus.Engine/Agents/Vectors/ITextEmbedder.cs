namespace FlowNexus.Engine.Agents.Vectors;

/// <summary>
/// Turns text into a vector. The one that ships is <see cref="SkillEmbedder"/>, offline and deterministic; another
/// provider's vectors can stand behind the same seam, provided they are of one length and the same for the same text.
/// </summary>
public interface ITextEmbedder
{
    /// <summary>Length of every vector.</summary>
    int Dimensions { get; }

    /// <summary>At most of length 1, so that the dot product of two vectors is a similarity of at most 1. Thread-safe.</summary>
    float[] Embed(string text);
}
