using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Access;

/// <summary>Who asks. Every use case takes one and passes <see cref="Demand"/>.</summary>
/// <param name="UserId"><c>user_local</c>, a user, or the id of an API key or of the scheduler.</param>
public sealed record Principal(string UserId, IReadOnlySet<Permission> Permissions)
{
    /// <summary>The local owner of an installation without accounts: a request from the same machine.</summary>
    public static readonly Principal LocalOwner = new("user_local", Enum.GetValues<Permission>().ToHashSet());

    /// <summary>The engine itself, when a schedule starts an execution.</summary>
    public static readonly Principal Scheduler = new("system_scheduler", new HashSet<Permission> { Permission.Read, Permission.Run });

    /// <summary>The engine itself, when it reads what many who may read are shown.</summary>
    public static readonly Principal System = new("system", new HashSet<Permission> { Permission.Read });

    /// <exception cref="ProblemException">FORBIDDEN.</exception>
    public void Demand(Permission permission)
    {
        if (!Permissions.Contains(permission))
            throw new ProblemException(ProblemCodes.Forbidden, $"{UserId} may not do this: it takes the permission \"{permission.ToString().ToLowerInvariant()}\". Ask an administrator for it.");
    }
}

/// <summary>What a principal may do; the scopes of API keys.</summary>
public enum Permission
{
    Read,

    /// <summary>Start, cancel, pause and resume executions.</summary>
    Run,

    /// <summary>Change workflows, agents and templates.</summary>
    Write,

    Admin,
}
