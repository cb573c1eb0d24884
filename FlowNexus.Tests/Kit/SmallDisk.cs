using System.Diagnostics;

namespace FlowNexus.Tests.Kit;

/// <summary>A disk of the test's own that can be filled up and write-protected: a tmpfs, which only root may mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Block = 64 * 1024;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    public static SmallDisk Mount(int megabytes)
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Only root may mount a small disk.");
        var folder = Directory.CreateTempSubdirectory("flownexus-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "flownexus-test", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = Block; size > 0; size /= 2)
        {
            try
            {
                while (true) ballast.Write(new byte[size]);
            }
            catch (IOException)
            {
                // So much does not fit any more; half of it may.
            }
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Protect() => Run("mount", "-o", "remount,ro", Folder);

    public void Unprotect() => Run("mount", "-o", "remount,rw", Folder);

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}");
    }
}
