using System.Globalization;

namespace FlowNexus.Engine.Hosting;

/// <summary>The installation's folder, held by one process at a time, or shared by the nodes of a cluster.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string root, FileStream held)
    {
        Root = root;
        _lock = held;
    }

    /// <summary>Absolute path.</summary>
    public string Root { get; }

    public string Database => Path.Combine(Root, "flownexus.db");

    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Creates the folder if needed and takes its lock.</summary>
    /// <param name="shared">A node of a cluster: others may hold it too, a process that is alone may not.</param>
    /// <exception cref="StartException">Another process holds it (the message names it), or it cannot be written.</exception>
    public static DataFolder Open(string path, string contentRoot, bool shared = false)
    {
        var root = Path.GetFullPath(path, contentRoot);
        var file = Path.Combine(root, "flownexus.lock");
        var holder = Path.Combine(root, "flownexus.pid");
        try
        {
            Directory.CreateDirectory(root);
            var held = shared
                ? new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read)
                : new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            var folder = new DataFolder(root, held);
            Directory.CreateDirectory(folder.Artifacts);
            return folder;
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            var who = File.Exists(holder) ? File.ReadAllText(holder) : "unknown";
            throw new StartException($"The data folder {root} is in use by process {who}. Stop that process, or start this one with another folder: --FlowNexus:DataFolder=PATH.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data folder {root} cannot be used: {failure.Message} Make it writable, or start with another one: --FlowNexus:DataFolder=PATH.", failure);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Another process has the file open: a sharing violation on Windows, EWOULDBLOCK on Linux and macOS. A full or read-only disk is something else.</summary>
    private static bool IsHeld(IOException failure) => failure.HResult is unchecked((int)0x80070020) or 11 or 35;
}

/// <summary>The process cannot start; the message says what to do. Shown without a stack trace, exit code 1.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
