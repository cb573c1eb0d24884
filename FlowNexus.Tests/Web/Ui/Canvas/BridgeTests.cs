using System.Reflection;
using System.Text.RegularExpressions;
using FlowNexus.Tests.Architecture;
using FlowNexus.Web.Ui.Canvas;
using Microsoft.JSInterop;

namespace FlowNexus.Tests.Web.Ui.Canvas;

/// <summary>The two halves of the bridge have no compiler between them.</summary>
public sealed partial class BridgeTests
{
    private static readonly string Script = SourceTree.Files.Single(file => file.Path == "FlowNexus.Web/canvas/src/bridge.tsx").Text;

    private static readonly string Edits = SourceTree.Files.Single(file => file.Path == "FlowNexus.Web/canvas/src/core/edits.ts").Text;

    [Fact]
    public void Names_TheScriptCalls_AreThoseWeOffer()
    {
        var called = Invocation().Matches(Script).Select(match => match.Groups["name"].Value).Order();
        var offered = typeof(CanvasCalls).GetMethods().Select(method => method.GetCustomAttribute<JSInvokableAttribute>()?.Identifier).OfType<string>().Order();

        Assert.Equal(offered, called);
    }

    [Fact]
    public void Names_WeCall_AreThoseTheScriptOffers()
    {
        var ours = SourceTree.Files.Where(file => file.Path is "FlowNexus.Web/Ui/Canvas/CanvasBridge.cs" or "FlowNexus.Web/Ui/Canvas/FlowCanvas.razor.cs");
        var called = ours.SelectMany(file => Call().Matches(file.Text)).Select(match => match.Groups["name"].Value).Distinct();

        Assert.All(called, name => Assert.Matches(new Regex($@"^\s*(export function )?{name}(\(|: \()", RegexOptions.Multiline), Script));
    }

    [Fact]
    public void Wishes_OfTheScript_AreThoseWeUnderstand()
    {
        var sent = Operation().Matches(Edits).Select(match => match.Groups["name"].Value).Order();
        var understood = typeof(CanvasEdit).GetCustomAttributes<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(type => (string)type.TypeDiscriminator!).Order();

        Assert.Equal(understood, sent);
    }

    [GeneratedRegex("""invokeMethodAsync\("(?<name>\w+)""")]
    private static partial Regex Invocation();

    [GeneratedRegex("""(CallAsync|_canvas\.Invoke(Void)?Async(<bool>)?|module\.InvokeAsync<IJSObjectReference>)\("(?<name>\w+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Call();

    [GeneratedRegex("""op: "(?<name>\w+)""")]
    private static partial Regex Operation();
}
