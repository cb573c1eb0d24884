using System.Globalization;

namespace FlowNexus.Benchmarks;

/// <summary>Fresh folders on the disk to be measured, gone at the end.</summary>
internal sealed class WorkSpace : IDisposable
{
    private readonly string _root;
    private int _folders;

    public WorkSpace(string parent)
    {
        _root = Path.Combine(parent, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(_root);
    }

    public string Fresh(string name)
    {
        var folder = Path.Combine(_root, string.Create(CultureInfo.InvariantCulture, $"{++_folders:00}-{name}"));
        Directory.CreateDirectory(folder);
        return folder;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
