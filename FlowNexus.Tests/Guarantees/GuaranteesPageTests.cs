using System.Reflection;
using System.Text.RegularExpressions;
using FlowNexus.Tests.Architecture;

namespace FlowNexus.Tests.Guarantees;

/// <summary>The page of promises names tests that exist and run.</summary>
public sealed partial class GuaranteesPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "guarantees.md"));

    private static readonly List<Type> Types = [.. typeof(GuaranteesPageTests).Assembly.GetTypes()];

    [Fact]
    public void EveryPromise_NamesATest()
    {
        var promises = Page[..Page.IndexOf("## What is not promised", StringComparison.Ordinal)].Split("\n- ")[1..];
        Assert.True(promises.Length >= 15, "The page lost its list.");
        Assert.All(promises, promise => Assert.True(TestName().IsMatch(promise), promise));
    }

    [Fact]
    public void EveryTestNamed_ExistsAndRuns()
    {
        var names = TestName().Matches(Page).Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.DoesNotContain(names, name => !Runs(name));
    }

    /// <summary>An abstract suite runs through what derives from it.</summary>
    private static bool Runs(string name)
    {
        var (suite, test) = ($"FlowNexus.Tests.{name[..name.LastIndexOf('.')]}", name[(name.LastIndexOf('.') + 1)..]);
        return Types.Find(type => type.FullName == suite) is { } declaring
            && declaring.GetMethod(test)?.GetCustomAttribute<FactAttribute>() is { Skip: null }
            && (!declaring.IsAbstract || Types.Exists(type => type.IsSubclassOf(declaring) && !type.IsAbstract));
    }

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(\.\w+){2,})`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();
}
