using System.Globalization;
using System.Text;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Npgsql;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>
/// Tells the other nodes, inside the commit itself, which streams it lengthened: they hear of it if and only if it
/// commits. What happened they read from the database.
/// </summary>
internal sealed class CommitNews(string node)
{
    public const string Channel = "flownexus_events";

    /// <summary>A notification has less than 8,000 bytes.</summary>
    private const int MaxLength = 7500;

    public void Add(Pipeline pipeline, IReadOnlyList<JournalEntry> entries)
    {
        var text = new StringBuilder(node);
        foreach (var entry in entries)
        {
            if (entry is not { Failure: null, Events: { } events }) continue;
            foreach (var row in Lines(events))
            {
                var line = string.Create(CultureInfo.InvariantCulture, $"\n{row.Position}\t{row.Type}\t{row.Stream}\t{row.WorkflowId}");
                if (text.Length + line.Length > MaxLength) Send();
                text.Append(line);
            }
        }

        if (text.Length > node.Length) Send();

        void Send()
        {
            pipeline.Add("SELECT pg_notify($1, $2)", [new NpgsqlParameter { Value = Channel }, new NpgsqlParameter { Value = text.ToString() }], static reader => reader.Read());
            text.Clear().Append(node);
        }
    }

    /// <returns>The node that committed, and its events without their content.</returns>
    public static (string Node, IReadOnlyList<EventRow> Events) Read(string payload)
    {
        var lines = payload.Split('\n');
        return (lines[0], [.. lines.Skip(1).Select(Event)]);
    }

    /// <summary>Of an execution the last of a transition stands for all: whoever follows it reads from where it was.</summary>
    private static IEnumerable<EventRow> Lines(List<EventRow> events)
    {
        for (var i = 0; i < events.Count; i++)
            if (events[i].ExecutionId is null || i == events.Count - 1 || events[i + 1].Stream != events[i].Stream) yield return events[i];
    }

    private static EventRow Event(string line)
    {
        var parts = line.Split('\t');
        return new EventRow
        {
            Position = long.Parse(parts[0], CultureInfo.InvariantCulture),
            EventId = "",
            Type = parts[1],
            Stream = parts[2],
            WorkflowId = parts[3].Length == 0 ? null : parts[3],
            ExecutionId = parts[2].StartsWith("exec_", StringComparison.Ordinal) ? parts[2] : null,
        };
    }
}
