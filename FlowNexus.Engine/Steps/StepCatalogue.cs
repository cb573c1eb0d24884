using System.Collections.Frozen;

namespace FlowNexus.Engine.Steps;

/// <summary>Every step type this installation knows, by name.</summary>
public sealed class StepCatalogue(IEnumerable<StepType> types)
{
    private readonly FrozenDictionary<string, StepType> _types = types.ToFrozenDictionary(type => type.Name);

    public IReadOnlyCollection<StepType> Types => _types.Values;

    public IEnumerable<string> Names => _types.Keys.Order(StringComparer.Ordinal);

    public StepType? TryGet(string name) => _types.GetValueOrDefault(name);
}
