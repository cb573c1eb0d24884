using Bunit;
using FlowNexus.Tests.Kit;

[assembly: AssemblyFixture(typeof(ComponentPatience))]

namespace FlowNexus.Tests.Kit;

/// <summary>Waiting ends with its condition; a machine that does much else at the same time needs more than bUnit's second.</summary>
public sealed class ComponentPatience
{
    public ComponentPatience() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
}
