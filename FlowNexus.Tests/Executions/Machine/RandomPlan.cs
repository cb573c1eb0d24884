using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Executions.Machine;

/// <summary>Any acyclic workflow of up to eight steps: listed order or a graph, with branches to steps, paths and open paths.</summary>
internal static class RandomPlan
{
    public static ExecutionPlan Of(Dice dice)
    {
        var count = 1 + dice.Roll(8);
        var listed = dice.Chance(4);
        var steps = new PlannedStep[count];
        for (var i = 0; i < count; i++) steps[i] = Step(dice, i, count, listed);
        return Plans.Of(1 + dice.Roll(4), dice.Roll(3), steps, dice.Chance(6) ? TimeSpan.FromMinutes(1 + dice.Roll(5)) : null, dice.Chance(2), (FailureMode)dice.Roll(3));
    }

    private static PlannedStep Step(Dice dice, int index, int count, bool listed)
    {
        var kind = (StepKind)dice.Roll(6);
        var step = new PlannedStep($"s{index}")
        {
            Kind = kind,
            IsAgent = kind == StepKind.Effect && dice.Chance(2),
            Retries = dice.Roll(3),
            FailWhenLost = dice.Chance(5),
            // A path carries the number of the one step that may lead to it, so that no branch leads back.
            Path = index > 0 && dice.Chance(3) ? $"p{dice.Roll(index)}" : null,
            DependsOn = listed ? null : [.. Enumerable.Range(0, index).Where(_ => dice.Chance(3)).Select(from => $"s{from}")],
        };
        if (index + 1 < count && dice.Chance(4)) step = step with { OnError = $"s{index + 1 + dice.Roll(count - index - 1)}" };
        if (kind == StepKind.Signal) step = step with { Signal = $"g{dice.Roll(2)}", KeepsEarly = dice.Chance(2), ClosedBy = dice.Chance(3) && count > 1 ? (index + 1 + dice.Roll(count - 1)) % count : null };
        if (kind == StepKind.Loop) step = step with { Loop = Loop(dice) };
        if (step.IsAgent && dice.Chance(3)) step = step with { Fallback = "coder" };
        if (step.DependsOn is { Length: > 1 } ways && dice.Chance(2)) step = step with { Join = new JoinDefinition(1 + dice.Roll(ways.Length), dice.Chance(2)) };
        if (kind == StepKind.Pure && dice.Chance(8)) return step with { Ends = true };
        if (kind != StepKind.Pure || !dice.Chance(2)) return step;
        if (dice.Chance(3)) return step with { Switch = new SwitchDefinition([Case(dice, index, count), Case(dice, index, count)], [Target(dice, index, count)], true) };
        return step with { Branches = [new BranchDefinition("x", Target(dice, index, count), dice.Chance(2) ? Target(dice, index, count) : null)] };
    }

    private static LoopPlan Loop(Dice dice)
    {
        StepKind[] bodies = [StepKind.Pure, StepKind.Effect, StepKind.Child];
        return new LoopPlan(new StepPlan(dice.Pick(bodies), dice.Roll(2), TimeSpan.FromSeconds(20), 1), 1 + dice.Roll(3), dice.Chance(3)) { Enough = dice.Chance(4) ? 1 + dice.Roll(3) : null };
    }

    private static CaseDefinition Case(Dice dice, int index, int count) => new(CaseMatch.If, "x", null, null, [Target(dice, index, count)]);

    private static string Target(Dice dice, int index, int count) => dice.Roll(3) switch
    {
        0 when index + 1 < count => $"s{index + 1 + dice.Roll(count - index - 1)}",
        1 => $"p{index}",
        _ => "nowhere",
    };
}
