using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Reading;

namespace FlowNexus.Engine.Steps;

/// <summary>One entry of the step catalogue: what it is called, how it is set up, how it behaves.</summary>
public abstract class StepType
{
    /// <summary>The word in a definition's <c>type</c>.</summary>
    public abstract string Name { get; }

    public abstract string Title { get; }

    public abstract string Summary { get; }

    /// <summary>Tints the icon in the designer.</summary>
    public abstract StepFamily Family { get; }

    /// <summary>JSON Schema 2020-12 of the settings, with titles, descriptions, defaults and units; the inspector's form is made from it.</summary>
    /// <remarks>
    /// For the form only: <c>x-editor</c> says what the author is helped with (expression, row_expression, code, target,
    /// step_name, workflow, agent_type, choice, json, items, step), <c>x-when</c> names siblings that make a setting
    /// matter and their values (<c>true</c> for any), <c>x-item-of</c> the sibling whose items are <c>item</c>,
    /// <c>x-preview: false</c> what cannot be tried on past data, <c>x-types</c> the types of a step inside a step,
    /// <c>x-unit</c> a unit.
    /// </remarks>
    public abstract JsonObject SettingsSchema { get; }

    /// <summary>How long one attempt usually takes before there is history, in seconds.</summary>
    public virtual double DeclaredSeconds => 1;

    /// <summary>Bounds an attempt when the definition does not, in seconds.</summary>
    public virtual double DefaultTimeoutSeconds => 3600;

    /// <summary>The longest <c>timeout</c> a step of this type may have, in seconds.</summary>
    public virtual double MostTimeoutSeconds => StepReader.MostSeconds;

    /// <summary>Null when the type runs; otherwise why a workflow that uses it cannot be activated yet.</summary>
    public virtual string? NotAvailable => null;

    /// <summary>
    /// Reports everything wrong with the step's settings. Pointers start at the step: <c>/config/url</c>.
    /// </summary>
    public virtual void Validate(StepDefinition step, Action<ProblemDetail> report) { }

    /// <summary>Prepares the behaviour once per workflow version: parsed expressions, compiled schemas. Thread-safe and reused by all executions.</summary>
    public abstract IStepBehaviour Prepare(StepDefinition step);
}

/// <summary>Families of step types, as in the palette.</summary>
public enum StepFamily { Agent, Control, Data, Code, People, Output }

/// <summary>Either <see cref="IPureBehaviour"/> or <see cref="IEffectBehaviour"/> or a delay.</summary>
public interface IStepBehaviour;

/// <summary>A step without outside effects: a function of what is in reach. Runs inside a transition and may commit together with its neighbours.</summary>
public interface IPureBehaviour : IStepBehaviour
{
    /// <summary>Failures are returned, or thrown as <see cref="ProblemException"/>.</summary>
    StepResult Evaluate(StepScope scope);
}

/// <summary>A step that reaches outside; runs off the grain, at least once, with a stable key.</summary>
public interface IEffectBehaviour : IStepBehaviour
{
    /// <summary>Failures are returned, or thrown as <see cref="ProblemException"/>.</summary>
    Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken);
}

/// <summary>A step that another execution does.</summary>
public interface IChildBehaviour : IStepBehaviour
{
    /// <summary>What to start; evaluated once for each attempt.</summary>
    ChildCall Call(StepScope scope);
}

/// <param name="Workflow">Id of a workflow, or its name when only one has it.</param>
/// <param name="Version">Null takes the active one.</param>
/// <param name="Waits">Whether the step ends with it, or as soon as it is accepted.</param>
public sealed record ChildCall(string Workflow, int? Version, JsonNode? Input, bool Waits);

/// <summary>A step that does one thing for many items.</summary>
public interface ILoopBehaviour : IStepBehaviour
{
    /// <summary>Pure, with an effect, or a child.</summary>
    IStepBehaviour Body { get; }

    /// <summary>The body as a step of its own.</summary>
    StepDefinition BodyStep { get; }

    int Concurrency { get; }

    bool FailsOnItem { get; }

    /// <summary>Successes after which the rest is left out; null wants them all.</summary>
    int? Enough { get; }

    /// <summary>With <see cref="Enough"/>: executions that were begun go on and are ignored.</summary>
    bool RestRuns => false;

    /// <summary>The loop ends when this holds over <c>child.output</c> and <c>iteration</c>; its output is the last item's.</summary>
    Expressions.Expression? Until => null;

    /// <summary>The output lists what went wrong with which item.</summary>
    bool ListsErrors { get; }

    /// <summary>What there is to do; the same for the same scope.</summary>
    JsonArray Items(StepScope scope);
}

/// <summary>A step that waits for a signal from outside.</summary>
public interface ISignalBehaviour : IStepBehaviour
{
    string Signal { get; }

    /// <summary>A signal that comes before the step waits is kept for it.</summary>
    bool KeepsEarly { get; }
}

/// <summary>A step that only waits: a timer row, no memory.</summary>
public interface IDelayBehaviour : IStepBehaviour
{
    /// <summary>How long, from the moment the step starts.</summary>
    TimeSpan Duration(StepScope scope, DateTimeOffset now);
}
