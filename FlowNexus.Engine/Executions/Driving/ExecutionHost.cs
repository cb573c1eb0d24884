using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>The executions this node drives. One that only waits is let go of and loaded again, with a higher epoch, when something happens to it.</summary>
internal sealed class ExecutionHost(ExecutionEnvironment environment, WorkflowVersions versions)
{
    /// <summary>One that is queued holds no place: touching it (binding an agent, say) must neither take one nor take it out of line.</summary>
    private const string Queued = "queued";

    private readonly ConcurrentDictionary<string, Lazy<Task<ExecutionDriver?>>> _drivers = new();
    private volatile bool _stopping;

    /// <summary>Told when a driver lets go, with the row as committed.</summary>
    public Action<ExecutionRow>? LetGo { get; set; }

    /// <summary>Told when an execution is loaded because something happened to it.</summary>
    public Action<string>? Woke { get; set; }

    /// <summary>Whether an execution may be loaded here, by its row: not while another node owns it.</summary>
    public Func<ExecutionRow, bool>? MayLoad { get; set; }

    public int Count => _drivers.Count;

    public bool Holds(string executionId) => _drivers.ContainsKey(executionId);

    /// <summary>What waits for an agent asks for one again.</summary>
    public void AskAgain()
    {
        foreach (var driver in Drivers()) driver.AskAgain();
    }

    /// <summary>Commits a new execution: queued, or started with the transition.</summary>
    /// <param name="admission">What lets it start; null when that needs no proof.</param>
    public async Task<ExecutionDriver> BeginAsync(PreparedWorkflow workflow, ExecutionRow row, JsonNode? input, bool start, Admission? admission, TickRow? tick, IReadOnlyList<StepRow> adopted)
    {
        var now = environment.Now();
        var steps = workflow.Definition.Steps.Count;
        var driver = new ExecutionDriver(environment, workflow, row, ExecutionState.New(steps), StepRows(steps, adopted), TaskRows.Of(workflow, row, now), isNew: true, Forget);
        driver.KnowInput(input);
        if (start && admission is not null) driver.AdmittedBy(admission);
        if (tick is not null)
        {
            tick.ExecutionId = row.Id;
            driver.RecordTick(tick);
        }

        _drivers[row.Id] = new Lazy<Task<ExecutionDriver?>>(Task.FromResult<ExecutionDriver?>(driver));
        try
        {
            MachineInput[] adopt = adopted.Count == 0 ? [] : [new MachineInput.Adopt([.. adopted.Select(step => new AdoptedStep(step.Ordinal, step.Branch))], now)];
            await driver.BeginAsync([.. adopt, start ? new MachineInput.Start(now) : new MachineInput.Queue(UnixMicros.Read(row.NotBefore), now)]);
            driver.Rest();
            return driver;
        }
        catch
        {
            _drivers.TryRemove(row.Id, out _);
            throw;
        }
    }

    /// <summary>Hands an input to an execution, loading it if need be; false when there is no such execution or it has ended.</summary>
    /// <exception cref="TransitionRefusedException">Another node drives it, or this one stops.</exception>
    public async Task<bool> PostAsync(string executionId, DriverInput input, bool ended = false)
    {
        while (!_stopping)
        {
            var entry = _drivers.GetOrAdd(executionId, id => new Lazy<Task<ExecutionDriver?>>(() => LoadAsync(id, ended)));
            ExecutionDriver? driver;
            try
            {
                driver = await entry.Value;
            }
            catch
            {
                _drivers.TryRemove(KeyValuePair.Create(executionId, entry));
                throw;
            }

            if (driver is null)
            {
                _drivers.TryRemove(KeyValuePair.Create(executionId, entry));
                return false;
            }

            if (driver.Post(input)) return true;
            _drivers.TryRemove(KeyValuePair.Create(executionId, entry));
        }

        throw new TransitionRefusedException(Refusal.FenceLost);
    }

    /// <summary>As <see cref="PostAsync"/>, and returns only once the input has been taken and committed.</summary>
    public async Task<bool> TakeAsync(string executionId, MachineInput input)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!await PostAsync(executionId, new DriverInput(input) { Taken = taken })) return false;
        await taken.Task;
        return true;
    }

    /// <summary>Hands a signal over and tells what became of it once that is durable; null when there is no such execution, it has ended, or another node has taken it.</summary>
    public async Task<MachineDecision.AnswerSignal?> SignalAsync(string executionId, MachineInput.SignalSent signal)
    {
        var answer = new TaskCompletionSource<MachineDecision.AnswerSignal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await PostAsync(executionId, new DriverInput(signal) { Answer = answer }) ? await answer.Task : null;
    }

    /// <summary>Lets every execution here begin what it was kept from.</summary>
    public void Continue()
    {
        foreach (var driver in Drivers()) driver.Post(new DriverInput(new MachineInput.Continue(environment.Now())));
    }

    /// <summary>Appends to the stream of an execution that has ended; nothing else of it changes.</summary>
    public async Task NoteAsync(string executionId, MachineInput.Retried note)
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (await PostAsync(executionId, new DriverInput(note) { Taken = taken }, ended: true)) await taken.Task;
    }

    /// <summary>Hands over how an execution ended that one of the steps waits for.</summary>
    public async Task<bool> TakeChildAsync(string executionId, int ordinal, int item, int attempt, string childId)
    {
        await using var context = environment.Database.Read();
        var child = await context.Executions.FirstAsync(row => row.Id == childId);
        System.Text.Json.Nodes.JsonNode? output = null;
        if (child.Status == "completed")
        {
            var steps = await context.Steps.Where(row => row.ExecutionId == childId).ToListAsync();
            output = ExecutionViews.Output(await versions.GetAsync(child.WorkflowId, child.Version), steps, environment.Artifacts);
        }

        var result = Families.ChildResult.Of(child, output);
        var facts = new AttemptFacts { Result = result, ChildId = childId, Output = environment.Store("output", result.Output) };
        var (now, jitter) = (environment.Now(), ExecutionEnvironment.Jitter());
        MachineInput input = item >= 0 ? new MachineInput.ItemEnded(ordinal, item, attempt, result.Failure, result.Retryable, jitter, now)
            : result.Failure is { } problem ? new MachineInput.AttemptFailed(ordinal, attempt, problem, result.Retryable, jitter, now)
            : new MachineInput.AttemptCompleted(ordinal, attempt, null, now) { ChildId = childId };
        return await PostAsync(executionId, new DriverInput(input, facts));
    }

    /// <summary>Loads an execution that a gone process was driving, and drives it on.</summary>
    public async Task RecoverAsync(string executionId)
    {
        var entry = _drivers.GetOrAdd(executionId, id => new Lazy<Task<ExecutionDriver?>>(() => LoadAsync(id)));
        if (await entry.Value is { } driver) driver.Rest();
        else _drivers.TryRemove(KeyValuePair.Create(executionId, entry));
    }

    /// <summary>Waits until no attempt runs or the time is up, then stops what is left; recovery finds it lost.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        var until = environment.Time.GetUtcNow() + limit;
        while (environment.Time.GetUtcNow() < until && Drivers().Any(driver => driver.HasRunningAttempts))
            await Task.Delay(TimeSpan.FromMilliseconds(50), environment.Time);
        Abandon();
    }

    /// <summary>Stops everything here at once; nothing of it is recorded.</summary>
    public void Abandon()
    {
        _stopping = true;
        foreach (var driver in Drivers()) driver.Abandon();
    }

    private IEnumerable<ExecutionDriver> Drivers() => _drivers.Values.Where(entry => entry.IsValueCreated && entry.Value.IsCompletedSuccessfully).Select(entry => entry.Value.Result).OfType<ExecutionDriver>();

    private async Task<ExecutionDriver?> LoadAsync(string executionId, bool ended = false)
    {
        await using var context = environment.Database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId);
        if (row is null || (!ended && StatusWords.Execution(row.Status).IsTerminal())) return null;
        if (MayLoad?.Invoke(row) == false) throw new TransitionRefusedException(Refusal.FenceLost);
        var workflow = (await versions.GetAsync(row.WorkflowId, row.Version)).With(row.Pins);
        ExecutionDriver driver;
        try
        {
            driver = await DriverAsync(context, row, workflow);
        }
        catch (Exception damage) when (!ended && StorageFailure.Problem(damage) is null)
        {
            await TakeOutAsync(row, damage);
            return null;
        }

        await driver.BeginAsync([new MachineInput.Recovered(environment.Now())]);
        if (row.Status != Queued && row.FinishedAt is null) Woke?.Invoke(executionId);
        return driver;
    }

    private async Task<ExecutionDriver> DriverAsync(FlowNexusDbContext context, ExecutionRow row, PreparedWorkflow workflow)
    {
        var executionId = row.Id;
        var stepRows = await context.Steps.Where(x => x.ExecutionId == executionId).ToListAsync();
        var taskRows = await context.Tasks.Where(x => x.ExecutionId == executionId).ToListAsync();
        List<SignalRow> signals = workflow.TakesSignals ? await context.Signals.Where(x => x.ExecutionId == executionId).OrderBy(x => x.Number).ToListAsync() : [];
        var steps = new StepRow?[row.StepsTotal];
        var tasks = new TaskRow?[row.StepsTotal];
        foreach (var step in stepRows) steps[step.Ordinal] = step;
        foreach (var task in taskRows) tasks[task.Ordinal] = task;
        var state = ExecutionRows.State(row, stepRows, signals);
        return new ExecutionDriver(environment, workflow, row, state, steps, tasks, isNew: false, Forget);
    }

    /// <summary>One that cannot be understood must not keep the others, or whoever waits for it, from going on.</summary>
    private async Task TakeOutAsync(ExecutionRow row, Exception damage)
    {
        environment.Log.LogError(damage, "What is stored of execution {Execution} is damaged; it is taken out and ends as failed.", row.Id);
        await environment.Database.Journal.CommitAsync(DamagedExecution.End(row, damage, environment.Now()));
        environment.Terminations.Complete(new EndedExecution(row, []));
        if (row.Awaited) environment.Children.Value.HasEnded(row);
        LetGo?.Invoke(row);
    }

    private static StepRow?[] StepRows(int count, IReadOnlyList<StepRow> adopted)
    {
        var rows = new StepRow?[count];
        foreach (var step in adopted) rows[step.Ordinal] = step;
        return rows;
    }

    private void Forget(ExecutionDriver driver)
    {
        if (_drivers.TryGetValue(driver.ExecutionId, out var entry) && entry.IsValueCreated && entry.Value.IsCompletedSuccessfully && ReferenceEquals(entry.Value.Result, driver))
            _drivers.TryRemove(KeyValuePair.Create(driver.ExecutionId, entry));
        if (driver.Row.Status != Queued) LetGo?.Invoke(driver.Row);
    }
}
