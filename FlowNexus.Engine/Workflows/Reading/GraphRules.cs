using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>What steps have to do with each other: names, dependencies, branches, cycles.</summary>
internal sealed class GraphRules(WorkflowDefinition definition, IReadOnlyList<string> pointers, ProblemList problems)
{
    private readonly IReadOnlyList<StepDefinition> _steps = definition.Steps;

    public void Check()
    {
        var names = CheckNames();
        for (var i = 0; i < _steps.Count; i++)
        {
            CheckDependencies(i, names);
            CheckBranches(i, names);
            CheckErrorTarget(i, names);
            CheckClosedBy(i, names);
        }

        CheckCycles();
        CheckJoins();
        if (definition.Configuration.ParallelExecution == true && _steps.All(step => step.DependsOn is null) && _steps.Count > 1)
            problems.Warn("/configuration/parallel_execution", "nothing_to_parallelise", "No step has depends_on, so the steps run in listed order and parallel_execution changes nothing.", "Give the steps depends_on; steps that do not wait for each other then run at the same time.");
    }

    private HashSet<string> CheckNames()
    {
        var first = new Dictionary<string, int>();
        for (var i = 0; i < _steps.Count; i++)
        {
            if (first.TryAdd(_steps[i].Name, i)) continue;
            problems.Error(pointers[i] + "/name", "duplicate_name", $"Two steps are called '{_steps[i].Name}'; the first is {pointers[first[_steps[i].Name]]}.", "Names of steps are unique in a workflow.");
        }

        return [.. first.Keys];
    }

    private void CheckDependencies(int index, HashSet<string> names)
    {
        var step = _steps[index];
        for (var i = 0; i < (step.DependsOn?.Count ?? 0); i++)
        {
            var name = step.DependsOn![i];
            var at = JsonPointers.Append(pointers[index] + "/depends_on", i);
            if (name == step.Name) problems.Error(at, "self_loop", $"Step '{name}' depends on itself.", "Remove it from its own depends_on.");
            else if (!names.Contains(name)) problems.Error(at, "unknown_step", $"Step '{step.Name}' depends on '{name}', which is no step of this workflow.", problems.Suggest(name, names), Few(names));
        }
    }

    private void CheckBranches(int index, HashSet<string> names)
    {
        var step = _steps[index];
        foreach (var target in WorkflowGraph.Targets(step))
        {
            if (target == step.Name) problems.Error(pointers[index] + Branches(step), "self_loop", $"Step '{target}' branches to itself.");
            else if (!names.Contains(target) && step.Path == target)
                problems.Error(pointers[index] + Branches(step), "self_loop", $"Step '{step.Name}' branches to the path '{target}', which it carries itself.", "Give the steps of the branch the path, not the step that branches.");
            else if (!names.Contains(target) && _steps.All(other => other.Path != target))
                problems.Warn(pointers[index] + Branches(step), "open_path", $"'{target}' is neither a step nor the path of one: when it is taken, step '{step.Name}' completes with taken = '{target}' and the execution goes on.",
                    problems.Suggest(target, names.Concat(_steps.Select(other => other.Path).OfType<string>())) ?? $"Give the steps of this branch \"path\": \"{target}\".");
        }
    }

    private void CheckErrorTarget(int index, HashSet<string> names)
    {
        var step = _steps[index];
        if (step.OnError is not { } target) return;
        var at = pointers[index] + "/on_error";
        if (target == step.Name) problems.Error(at, "self_loop", $"Step '{target}' names itself in on_error.", "Name another step; to try again, set retry_attempts.");
        else if (!names.Contains(target)) problems.Error(at, "unknown_step", $"Step '{step.Name}' has on_error '{target}', which is no step of this workflow.", problems.Suggest(target, names), Few(names));
        else if (_steps.First(other => other.Name == target).DependsOn?.Contains(step.Name) == true)
            problems.Error(at, "contradiction", $"Step '{target}' depends on '{step.Name}' and is its on_error too: it cannot run only after success and only after failure.", $"Remove '{step.Name}' from the depends_on of '{target}'.");
        else if (WorkflowGraph.Targets(step).Contains(target))
            problems.Error(at, "contradiction", $"Step '{target}' is a branch of '{step.Name}' and its on_error too.", "Name a step of its own for the failure.");
    }

    private void CheckClosedBy(int index, HashSet<string> names)
    {
        var step = _steps[index];
        if (step.ClosedBy is not { } closer) return;
        var at = pointers[index] + (step.Source.ContainsKey("closed_by") ? "/closed_by" : "/config/closed_by");
        if (closer == step.Name) problems.Error(at, "self_loop", $"Step '{closer}' names itself in closed_by.");
        else if (!names.Contains(closer)) problems.Error(at, "unknown_step", $"Step '{step.Name}' has closed_by '{closer}', which is no step of this workflow.", problems.Suggest(closer, names), Few(names));
    }

    private static string Branches(StepDefinition step) => step.Switch is null ? "/conditions" : "/cases";

    private void CheckCycles()
    {
        var graph = WorkflowGraph.Of(definition);
        foreach (var cycle in CycleSearch.Find(graph))
        {
            var path = string.Join(" → ", cycle.Append(cycle[0]).Select(step => _steps[step].Name));
            var backwards = graph.IsListedOrder;
            problems.Error(pointers[cycle[0]] + (_steps[cycle[0]].DependsOn is null ? "" : "/depends_on"), backwards ? "branch_backwards" : "cycle",
                backwards ? $"A branch or an on_error leads back to a step that ran before it: {path}." : $"Steps wait for each other in a circle: {path}.",
                backwards ? "They lead forward; to repeat work, start another execution." : "Remove one of these dependencies, branches or on_error.");
        }
    }

    private void CheckJoins()
    {
        var graph = WorkflowGraph.Of(definition);
        for (var i = 0; i < _steps.Count; i++)
        {
            if (_steps[i].Join is not { } join) continue;
            var ways = graph.Incoming(i).Where(edge => edge.Kind != EdgeKind.Order).Select(edge => edge.From).Distinct().Count();
            var at = pointers[i] + "/join";
            if (ways == 0) problems.Error(at, "no_dependencies", $"Step '{_steps[i].Name}' has a join, but follows no step.", "Give it depends_on, or remove 'join'.");
            else if (join.AtLeast > ways) problems.Error(at, "too_large", $"The join of step '{_steps[i].Name}' asks for {join.AtLeast} completed steps, but it follows only {ways}.", $"Ask for 1 to {ways}.");
            else if (ways == 1) problems.Warn(at, "no_effect", $"The join of step '{_steps[i].Name}' has no effect: it follows one step only.");
        }
    }

    private static IReadOnlyList<string>? Few(HashSet<string> names) => names.Count <= 30 ? [.. names] : null;
}
