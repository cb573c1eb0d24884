using FlowNexus.Web.Shell.Commands;
using FlowNexus.Web.Shell.Navigation;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell.Bar;

/// <summary>Where am I, search, theme, account.</summary>
public sealed partial class TopBar(CommandList commands) : ComponentBase
{
    private Drawer? _drawer;
}
