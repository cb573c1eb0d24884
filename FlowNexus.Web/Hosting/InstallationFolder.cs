namespace FlowNexus.Web.Hosting;

/// <summary>The folder that relative paths such as <c>data</c> start from: the one the product's appsettings.json stands in.</summary>
internal static class InstallationFolder
{
    private const string Solution = "FlowNexus.Web.sln";

    /// <summary>
    /// A program built in its source tree belongs to that tree, whatever folder it is started from; a published one to
    /// the folder it was published to.
    /// </summary>
    public static string Find(string programFolder)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder.FullName;

        return programFolder;
    }
}
