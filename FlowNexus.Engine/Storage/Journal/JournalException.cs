namespace FlowNexus.Engine.Storage.Journal;

/// <summary>A transition was refused by its own conditions; nothing of it was written.</summary>
internal sealed class TransitionRefusedException(Refusal refusal) : Exception($"The transition was refused: {refusal}.")
{
    public Refusal Refusal { get; } = refusal;
}
