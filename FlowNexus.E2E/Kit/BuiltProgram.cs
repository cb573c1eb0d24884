namespace FlowNexus.E2E.Kit;

/// <summary>Where the build put what is tested, and where results go.</summary>
internal static class BuiltProgram
{
    private const string Solution = "FlowNexus.Web.sln";

    /// <summary>Of the same configuration as these tests.</summary>
    public static string Path { get; } = Find();

    public static string Results { get; } = System.IO.Path.Combine(Root(), "TestResults", "e2e");

    private static string Find()
    {
        // …/FlowNexus.E2E/bin/<configuration>/<framework>/
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var path = System.IO.Path.Combine(Root(), "FlowNexus.Web", "bin", framework.Parent!.Name, framework.Name, "FlowNexus.Web.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build the solution first: {path} is not there.");
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Solution)))
                return folder.FullName;

        throw new DirectoryNotFoundException($"{Solution} was not found above {AppContext.BaseDirectory}.");
    }
}
