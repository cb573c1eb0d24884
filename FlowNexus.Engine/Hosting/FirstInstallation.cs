using FlowNexus.Engine.Access;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Hosting;

/// <summary>What a fresh installation has: the account <c>default</c> with its grant, agents, and a workflow ready to run.</summary>
internal sealed class FirstInstallation(EngineDatabase database, IOptions<EngineOptions> options, TimeProvider time)
{
    public async Task EnsureAsync()
    {
        await using var context = database.Read();
        if (!await context.Accounts.AnyAsync()) await GrantAsync();
    }

    private async Task GrantAsync()
    {
        var now = time.GetUtcNow();
        var transition = new Transition();
        transition.InsertIfAbsent(Tables.Accounts, new AccountRow { Id = "default", CreatedAt = UnixMicros.Of(now) });
        transition.Book(new LedgerRow
        {
            Account = "default",
            Kind = "grant",
            AmountMicro = options.Value.InitialCredits * 1_000_000,
            At = UnixMicros.Of(now),
            Note = "Credits of a fresh installation",
        });
        transition.Tell(new EventRow
        {
            Stream = "account_default",
            EventId = Identity.NewId.Event(now),
            Type = "credits_granted",
            At = UnixMicros.Of(now),
            UserId = Principal.LocalOwner.UserId,
            Payload = $$"""{"credits":{{options.Value.InitialCredits}},"note":"Credits of a fresh installation"}""",
        });
        await database.Journal.CommitAsync(transition);
    }
}
