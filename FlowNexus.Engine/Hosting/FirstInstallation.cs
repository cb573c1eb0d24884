using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Hosting;

/// <summary>What a fresh installation has: the account <c>default</c> with its grant, agents, datasets, and a workflow ready to run.</summary>
internal sealed class FirstInstallation(EngineDatabase database, SaveWorkflow save, IOptions<EngineOptions> options, TimeProvider time)
{
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        if (!await context.Accounts.AnyAsync(cancellationToken)) await InstallAsync();
    }

    private async Task InstallAsync()
    {
        var now = time.GetUtcNow();
        var transition = new Transition();
        transition.InsertOrRefuse(Tables.Accounts, new AccountRow { Id = "default", CreatedAt = UnixMicros.Of(now) });
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
        foreach (var agent in FreshAgents.All) transition.InsertIfAbsent(Tables.Agents, Row(agent, now));
        try
        {
            await database.Journal.CommitAsync(transition);
        }
        catch (TransitionRefusedException)
        {
            return; // A node that started at the same moment was first.
        }

        await save.CreateAsync(Principal.LocalOwner, (JsonObject)JsonNode.Parse(FirstWorkflow)!);
    }

    private static AgentRow Row(Agent agent, DateTimeOffset now) => new()
    {
        Id = agent.Id,
        Type = agent.Type,
        Name = agent.Name,
        Description = agent.Description,
        Capabilities = JsonSerializer.Serialize(agent.Capabilities),
        ExperienceLevel = agent.ExperienceLevel,
        Tier = agent.Tier,
        PriceMicro = agent.PriceMicro,
        Capacity = agent.Capacity,
        Provider = agent.Provider,
        Enabled = agent.Enabled,
        CreatedAt = UnixMicros.Of(now),
    };

    private const string FirstWorkflow =
        """
        {
          "name": "Customer analytics report",
          "description": "Takes a quarter of customer orders, cleans it and writes a report. Change the dataset, the quarter or the format when you run it.",
          "steps": [
            { "name": "data_extraction", "type": "agent", "agent_type": "researcher", "description": "Extract the customer data of the requested quarter" },
            { "name": "data_processing", "type": "agent", "agent_type": "analyst", "description": "Clean and process extracted data" },
            { "name": "report_generation", "type": "agent", "agent_type": "coder", "description": "Generate a comprehensive report" }
          ],
          "input_schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {
              "dataset": { "type": "string", "title": "Dataset", "enum": ["customer_analytics", "small_sample", "customer_database", "customer_churn"], "default": "customer_analytics" },
              "date_range": { "type": "string", "title": "Date range", "description": "Such as 2024-Q1, 2024 or 2024-01..2024-03", "default": "2024-Q1" },
              "output_format": { "type": "string", "title": "Format", "enum": ["pdf", "html", "markdown", "csv", "json", "dashboard"], "default": "pdf" }
            }
          },
          "priority": 5
        }
        """;
}
