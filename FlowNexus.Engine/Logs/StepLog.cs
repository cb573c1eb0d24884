using System.Text.Json.Nodes;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Logs;

/// <summary>
/// What one attempt says about its work, for people. Lines are redacted and bounded (10,000 an attempt, 4 KB a line) and
/// stored a quarter of a second later at the latest; a crash may lose what came in its last second. Safe to call from any thread.
/// </summary>
public sealed class StepLog
{
    /// <summary>For attempts that nobody follows.</summary>
    public static readonly StepLog Nowhere = new(null, null, default, TimeProvider.System);

    private readonly ILogSink? _writer;
    private readonly LogAllowance? _allowance;
    private readonly LogSource _source;
    private readonly TimeProvider _time;
    private readonly LogRedaction _redaction = new();

    internal StepLog(ILogSink? writer, LogAllowance? allowance, LogSource source, TimeProvider time)
    {
        _writer = writer;
        _allowance = allowance;
        _source = source;
        _time = time;
    }

    /// <summary>Something only whoever looks for a fault wants to know.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="fields">Figures and names to filter by.</param>
    public void Debug(string message, JsonObject? fields = null) => Write(StepLogLevel.Debug, message, fields);

    /// <summary>Something that was done.</summary>
    public void Info(string message, JsonObject? fields = null) => Write(StepLogLevel.Info, message, fields);

    /// <summary>Something people should look at although the work goes on.</summary>
    public void Warning(string message, JsonObject? fields = null) => Write(StepLogLevel.Warning, message, fields);

    /// <summary>Something that failed.</summary>
    public void Error(string message, JsonObject? fields = null) => Write(StepLogLevel.Error, message, fields);

    /// <summary>From now on a value never appears in this attempt's lines, whoever repeats it.</summary>
    public void Hide(string secret) => _redaction.Hide(secret);

    /// <summary>Says how many lines were dropped, if any were.</summary>
    internal void Close()
    {
        if (_writer is null || _allowance?.TakeDropped() is not (> 0 and var dropped)) return;
        _writer.Write(Row(StepLogLevel.Warning, $"{dropped:N0} more lines were dropped: one attempt keeps {LogAllowance.Lines:N0}.", null), evenWhenFull: true);
    }

    private void Write(StepLogLevel level, string message, JsonObject? fields)
    {
        if (_writer is null || !_allowance!.Take()) return;
        if (!_writer.Write(Row(level, message, fields))) _allowance.Drop();
    }

    private LogRow Row(StepLogLevel level, string message, JsonObject? fields)
    {
        var (text, json) = LogLine.Bound(_redaction.Text(message), fields is { Count: > 0 } ? _redaction.Fields(fields) : null);
        return new LogRow
        {
            ExecutionId = _source.ExecutionId,
            Ordinal = _source.Ordinal,
            StepName = _source.StepName,
            Item = _source.Item,
            Attempt = _source.Attempt,
            Level = (int)level,
            At = UnixMicros.Of(_time.GetUtcNow()),
            Message = text,
            Fields = json,
        };
    }
}

/// <summary>Whose lines they are.</summary>
/// <param name="Item">Index of the loop's item; -1 outside loops.</param>
internal readonly record struct LogSource(string ExecutionId, int Ordinal, string StepName, int Item, int Attempt);
