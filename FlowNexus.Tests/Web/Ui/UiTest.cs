using Bunit;
using FlowNexus.Web.Shell;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Times;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlowNexus.Tests.Web.Ui;

/// <summary>Components on a clock that stands still until it is moved.</summary>
public abstract class UiTest : BunitContext
{
    protected static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    protected UiTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddScoped<Pulse>();
        Services.AddScoped<Viewer>();
        Services.AddScoped<Clipboard>();
    }

    protected FakeTimeProvider Clock { get; } = new(Now);
}
