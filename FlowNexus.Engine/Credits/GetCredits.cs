using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Credits;

/// <summary>Shows an account and the latest entries of its ledger.</summary>
public sealed class GetCredits(EngineDatabase database)
{
    /// <exception cref="ProblemException">INVALID_REQUEST, FORBIDDEN.</exception>
    public async Task<CreditsView> RunAsync(Principal principal, int? limit)
    {
        principal.Demand(Permission.Read);
        var page = Page.Of(limit, 0);
        await using var context = database.Read();
        var account = await context.Accounts.FirstAsync(row => row.Id == "default");
        var entries = await context.Ledger.Where(row => row.Account == account.Id).OrderByDescending(row => row.Position).Take(page.Limit).ToListAsync();
        return new CreditsView(account.Id, account.BalanceMicro / 1e6, [.. entries.Select(row =>
            new LedgerView(row.Kind, row.AmountMicro / 1e6, UnixMicros.Read(row.At), row.WorkflowId, row.ExecutionId, row.StepName, row.AgentId, row.Note))]);
    }
}

/// <param name="Balance">Credits.</param>
public sealed record CreditsView(string Account, double Balance, IReadOnlyList<LedgerView> Entries)
{
    public bool Success { get; } = true;
}

/// <param name="Amount">Credits; negative when the account paid.</param>
public sealed record LedgerView(string Kind, double Amount, DateTimeOffset At, string? WorkflowId, string? ExecutionId, string? StepName, string? AgentId, string? Note);
