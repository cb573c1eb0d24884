using System.Runtime.CompilerServices;
using Bunit;

namespace FlowNexus.Tests.Kit;

/// <summary>Waiting ends with its condition; a machine that does much else at the same time needs more than bUnit's second.</summary>
internal static class ComponentPatience
{
    [ModuleInitializer]
    internal static void Lengthen() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
}
