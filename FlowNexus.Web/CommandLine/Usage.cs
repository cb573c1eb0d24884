namespace FlowNexus.Web.CommandLine;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Usage
{
    public const string Program =
        """
        FlowNexus [--urls http://127.0.0.1:5080] [--FlowNexus:DataFolder=PATH] [SETTINGS]   start the server
        FlowNexus backup  --to FILE|DIR [SETTINGS]                                           back up, also while the server runs
        FlowNexus restore --from FILE [--replace] [SETTINGS]                                 put a backup into a data folder

        SETTINGS are those of appsettings.json, as --Section:Key=VALUE. COMMAND --help says more.
        Exit codes: 0 done, 1 failed (the message says why), 2 the command line was not understood.
        """;

    public const string Backup =
        """
        FlowNexus backup --to FILE|DIR [--FlowNexus:DataFolder=PATH]

        Copies database, artifacts, files and keys of a data folder into one zip archive. The server may run; the copy is
        what was committed when it began. The copy's integrity and every event chain are verified, each file has its
        SHA-256 in the archive's manifest.json.

          --to FILE   the archive; it must not exist yet
          --to DIR    an existing folder; the archive is called flownexus-TIME.zip

        On PostgreSQL nothing is copied: the message says which pg_dump line does it.
        Exit codes: 0 done, 1 failed, 2 not understood.
        """;

    public const string Restore =
        """
        FlowNexus restore --from FILE [--replace] [--FlowNexus:DataFolder=PATH]

        Unpacks a backup and verifies it whole: every SHA-256, the database's integrity, every event chain, the counts of
        the manifest. Only then it goes into the data folder, which no server may be using.

          --from FILE   an archive that backup made
          --replace     the folder may hold data; it is moved into a folder .before-restore-TIME inside it

        Exit codes: 0 done, 1 failed, 2 not understood.
        """;
}
