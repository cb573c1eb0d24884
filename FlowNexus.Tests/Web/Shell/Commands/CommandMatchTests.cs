using FlowNexus.Web.Shell.Commands;

namespace FlowNexus.Tests.Web.Shell.Commands;

public sealed class CommandMatchTests
{
    private static readonly IReadOnlyList<Command> Commands =
    [
        Of("Workflows"), Of("Executions"), Of("Use the dark theme", "colours"), Of("Run a workflow"),
    ];

    [Theory]
    [InlineData("work", new[] { "Workflows", "Run a workflow" })]
    [InlineData("EXEC", new[] { "Executions" })]
    [InlineData("dark theme", new[] { "Use the dark theme" })]
    [InlineData("colours", new[] { "Use the dark theme" })]
    [InlineData("wkfl", new[] { "Workflows", "Run a workflow" })]
    [InlineData("zzz", new string[0])]
    public void Typed_Words_FindTheBestFirst(string typed, string[] found) =>
        Assert.Equal(found, CommandMatch.Rank(typed, Commands).Select(command => command.Title));

    [Fact]
    public void Typed_Nothing_OffersEverythingInOrder() => Assert.Equal(Commands, CommandMatch.Rank("  ", Commands));

    private static Command Of(string title, string words = "") => new(title, "Go to", "", () => Task.CompletedTask) { Words = words };
}
