namespace FlowNexus.Engine.Queues;

/// <summary>The queue <c>agent_assignments</c> as others see it.</summary>
public interface ITaskLine
{
    /// <summary>Where those of them stand that wait for an agent.</summary>
    Task<IReadOnlyDictionary<string, TaskPlace>> PlacesAsync(IReadOnlyList<string> taskIds);

    /// <summary>Whether new work that needs agents is taken: null, or the seconds after which trying again makes sense.</summary>
    Task<int?> FullForAsync();
}

/// <param name="Position">From 1.</param>
/// <param name="WaitingReason">In one sentence, why it waits.</param>
[GenerateSerializer, Immutable]
public sealed record TaskPlace([property: Id(0)] int Position, [property: Id(1)] string WaitingReason);
