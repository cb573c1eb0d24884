using System.Globalization;
using System.Text;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Backups;

namespace FlowNexus.Web.CommandLine;

/// <summary>What a backup holds, for people.</summary>
internal static class ManifestText
{
    public static string Of(BackupManifest manifest)
    {
        var (database, files) = (manifest.Database, manifest.Files);
        var text = new StringBuilder();
        Line($"  made       {manifest.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by FlowNexus {manifest.Version}, schema {database.Schema}");
        Line($"  holds      {Rows("workflows")} workflows, {Rows("executions")} executions, {Rows("events")} events");
        Line($"  files      {files.Count}, {ByteSize.Format(files.Sum(file => file.Size))}, each with its SHA-256");
        Line($"  verified   the database's integrity, the event chains of {database.Streams} streams");
        if (database.LastEvent is { } last) Line($"  last event {last.Position}: number {last.Seq} of {last.Stream}, {last.Hash}");
        if (database.MissingArtifacts > 0) Line($"  missing    {database.MissingArtifacts} files of executions: lost before, or deleted by retention while the backup ran");
        return text.ToString().TrimEnd();

        long Rows(string table) => database.Rows.GetValueOrDefault(table);

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
