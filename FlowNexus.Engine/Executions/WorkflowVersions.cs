using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>Versions made ready to run, kept in memory while they are used, and which version of a workflow is active.</summary>
public sealed class WorkflowVersions : IDisposable
{
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<(string Id, int Version), PreparedWorkflow> _prepared = new();
    private readonly ConcurrentDictionary<string, ActiveWorkflow> _active = new();
    private readonly EngineDatabase _database;
    private readonly StepCatalogue _catalogue;
    private readonly WorkflowDefinitionReader _reader;
    private readonly IDisposable _changes;

    public WorkflowVersions(EngineDatabase database, StepCatalogue catalogue, WorkflowDefinitionReader reader, EventFeed feed)
    {
        _database = database;
        _catalogue = catalogue;
        _reader = reader;
        _changes = feed.Subscribe(row =>
        {
            if (row.Stream == row.WorkflowId) _active.TryRemove(row.Stream, out _);
        });
    }

    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, or the version cannot run on this installation.</exception>
    public async Task<PreparedWorkflow> GetAsync(string workflowId, int version)
    {
        if (_prepared.TryGetValue((workflowId, version), out var ready)) return ready;
        await using var context = _database.Read();
        var row = await context.Versions.FirstOrDefaultAsync(x => x.WorkflowId == workflowId && x.Version == version)
            ?? throw NotFound(workflowId);
        var definition = _reader.Read((JsonObject)JsonNode.Parse(row.Definition)!).Require();
        var stepIds = JsonSerializer.Deserialize<Dictionary<string, string>>(row.StepIds) ?? [];
        var prepared = PreparedWorkflow.Of(workflowId, version, definition, stepIds, _catalogue);
        if (_prepared.Count >= MaxKept) _prepared.Clear();
        return _prepared[(workflowId, version)] = prepared;
    }

    /// <summary>The version that executions start on.</summary>
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND or WORKFLOW_NOT_ACTIVE.</exception>
    public async ValueTask<ActiveWorkflow> GetActiveAsync(string workflowId)
    {
        if (_active.TryGetValue(workflowId, out var known)) return known;
        await using var context = _database.Read();
        var row = await context.Workflows.FirstOrDefaultAsync(x => x.Id == workflowId) ?? throw NotFound(workflowId);
        if (row.Status != "active" || row.ActiveVersion is not { } version)
            throw new ProblemException(ProblemCodes.WorkflowNotActive, $"The workflow \"{row.Name}\" is {row.Status}; only an active workflow runs. Activate it first.");
        var active = new ActiveWorkflow(row, await GetAsync(workflowId, version));
        if (_active.Count >= MaxKept) _active.Clear();
        return _active[workflowId] = active;
    }

    public void Dispose() => _changes.Dispose();

    internal static ProblemException NotFound(string workflowId) =>
        new(ProblemCodes.WorkflowNotFound, $"There is no workflow \"{workflowId}\". List the workflows to find its id.");
}

/// <summary>An active workflow as it was when read.</summary>
public sealed record ActiveWorkflow(WorkflowRow Row, PreparedWorkflow Prepared);
