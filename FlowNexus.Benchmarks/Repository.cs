namespace FlowNexus.Benchmarks;

/// <summary>The tree this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FlowNexus.Web.sln"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
