using System.Text.Json.Nodes;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Trials;

/// <summary>Keeps what a tested step says for the answer; nothing of it is stored.</summary>
internal sealed class TrialLines : ILogSink
{
    public const int Most = 200;

    private readonly List<TrialLine> _lines = [];

    public IReadOnlyList<TrialLine> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public bool Write(LogRow row, bool evenWhenFull = false)
    {
        lock (_lines)
        {
            if (_lines.Count >= Most && !evenWhenFull) return false;
            _lines.Add(new TrialLine(UnixMicros.Read(row.At), ((StepLogLevel)row.Level).Word(), row.Message, row.Fields is null ? null : JsonNode.Parse(row.Fields)));
            return true;
        }
    }
}

/// <summary>A line of the log of a tested step.</summary>
public sealed record TrialLine(DateTimeOffset At, string Level, string Message, JsonNode? Fields);
