using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell.Bar;

/// <summary>Who works here. Without accounts, every request from this machine is the local owner's.</summary>
public sealed partial class AccountChip : ComponentBase
{
    private const string Title = "Local owner: there is no account yet, so whoever uses this machine owns this installation";
}
