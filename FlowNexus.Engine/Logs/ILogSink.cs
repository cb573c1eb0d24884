using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Logs;

/// <summary>Where lines go: into the database, or to whoever tests a step.</summary>
internal interface ILogSink
{
    /// <summary>False when the line was not kept.</summary>
    bool Write(LogRow row, bool evenWhenFull = false);
}
