namespace FlowNexus.Engine.Backups;

/// <summary>A backup or a restore cannot be done; the message says why and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
