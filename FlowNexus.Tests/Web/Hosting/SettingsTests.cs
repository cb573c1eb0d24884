using FlowNexus.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace FlowNexus.Tests.Web.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Address_Default_StandsInTheFile() => Assert.Equal("http://127.0.0.1:5080", Settings.CreateBuilder([]).Configuration["urls"]);

    [Fact]
    public void Address_OnTheCommandLine_Wins() =>
        Assert.Equal("http://127.0.0.1:6002", Settings.CreateBuilder(["--urls", "http://127.0.0.1:6002"]).Configuration["urls"]);

    [Fact]
    public void File_IsTheFirstSource()
    {
        IConfigurationBuilder configuration = Settings.CreateBuilder([]).Configuration;

        Assert.Equal("appsettings.json", Path.GetFileName(Assert.IsType<JsonConfigurationSource>(configuration.Sources[0]).Path));
    }

    [Fact]
    public void Folder_OfAProgramInItsSourceTree_IsTheTrees()
    {
        var root = Directory.CreateTempSubdirectory("flownexus-");
        try
        {
            var program = root.CreateSubdirectory("FlowNexus.Web/bin/Debug/net10.0").FullName;
            Assert.Equal(program, InstallationFolder.Find(program));

            File.WriteAllText(Path.Combine(root.FullName, "FlowNexus.Web.sln"), "");
            Assert.Equal(root.FullName, InstallationFolder.Find(program));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
