using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Cluster;

public sealed class ClusterSettingsTests
{
    [Fact]
    public async Task ClusterOnSqlite_EndsSayingThatItNeedsPostgres()
    {
        var folder = Directory.CreateTempSubdirectory("flownexus-cluster-").FullName;
        try
        {
            var (exitCode, output) = await ServerProcess.RunToEndAsync(folder, "--FlowNexus:Cluster:Enabled=true", "--FlowNexus:Cluster:Address=everywhere", "--FlowNexus:Cluster:LeaseSeconds=0.1");
            Assert.Equal(1, exitCode);
            Assert.Contains("FlowNexus:Cluster:Enabled needs a PostgreSQL database", output, StringComparison.Ordinal);
            Assert.Contains("FlowNexus:Cluster:Address must be an IP address of this machine", output, StringComparison.Ordinal);
            Assert.Contains("FlowNexus:Cluster:LeaseSeconds must be between 1 and 60; it is 0.1", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
