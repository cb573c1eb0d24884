using FlowNexus.Engine.Queues;
using FlowNexus.Web.Ui.Figures;
using FlowNexus.Web.Ui.Times;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>The state of a queue as a sentence or two. Pure.</summary>
internal static class QueueWords
{
    public static string Title(string queue) => queue == GetQueueStatus.Executions ? "Executions" : "Tasks for agents";

    public static string Of(QueueView queue)
    {
        List<string> words = [];
        if (queue.Paused is not null) words.Add("It is paused and gives nothing out.");
        words.Add(queue.PendingMessages switch
        {
            0 => "Nothing waits.",
            1 => $"One waits, for {Age(queue)}.",
            var waiting => $"{FigureWords.Number(waiting)} wait, the oldest for {Age(queue)}.",
        });
        words.Add((queue.ProcessingMessages, queue.Limit) switch
        {
            (0, _) => "Nothing is under way.",
            (var running, { } limit) => $"{FigureWords.Number(running)} of {FigureWords.Number(limit)} places are taken.",
            (1, _) => "One is with an agent.",
            (var running, _) => $"{FigureWords.Number(running)} are with agents.",
        });
        if (queue.Capacity > 0 && queue.PendingMessages * 10L >= queue.Capacity * 8L) words.Add($"It has room for {FigureWords.Number(Math.Max(0, queue.Capacity - queue.PendingMessages))} more.");
        if (queue.DeadLetters > 0) words.Add($"{FigureWords.Number(queue.DeadLetters)} left it without having started.");
        return string.Join(' ', words);
    }

    private static string Age(QueueView queue) => TimeWords.Duration(TimeSpan.FromSeconds(Math.Round(queue.OldestMessageAge)));
}
