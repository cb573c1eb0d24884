using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage.Postgres;
using FlowNexus.Tests.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FlowNexus.Tests.Storage.Postgres;

/// <summary>A connection string that does not work ends the start with what to change, and never shows the password.</summary>
public sealed class WrongConnectionTests
{
    [Fact]
    public async Task WrongPassword_NamesTheUserAndTheDatabase() =>
        await RefusedAsync(parsed => parsed.Password = "not-the-password", "password authentication failed for user \"postgres\"");

    [Fact]
    public async Task MissingDatabase_SaysHowToMakeIt() => await RefusedAsync(parsed => parsed.Database = "nowhere", "nowhere on 127.0.0.1", "CREATE DATABASE");

    [Fact]
    public async Task ServerThatIsDown_IsNamed() => await RefusedAsync(parsed => parsed.Port = 1, "on 127.0.0.1:1 cannot be used", "Connection refused");

    [Fact]
    public void NoConnectionString_ShowsAnExample()
    {
        var refused = Assert.Throws<StartException>(() => PostgresDatabase.Open(new PostgresConnections("Hots=localhost;Password=sesame"), null, NullLoggerFactory.Instance));
        Assert.Contains("FlowNexus:Database:ConnectionString cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Host=localhost;Database=flownexus", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_WithAWrongOne_EndsWithTheMessageAndNoStackTrace()
    {
        var folder = Directory.CreateTempSubdirectory("flownexus-wrong-").FullName;
        var (exitCode, output) = await ServerProcess.RunToEndAsync(folder, "--FlowNexus:Database:ConnectionString=Host=127.0.0.1;Port=1;Database=x;Username=u;Password=sesame");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("The database x on 127.0.0.1:1 cannot be used", output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task RefusedAsync(Action<NpgsqlConnectionStringBuilder> change, params string[] said)
    {
        var parsed = new NpgsqlConnectionStringBuilder(await Kit.Postgres.FreshAsync(Store.Postgres));
        change(parsed);
        var refused = Assert.Throws<StartException>(() => PostgresDatabase.Open(new PostgresConnections(parsed.ToString()), null, NullLoggerFactory.Instance));
        Assert.All(said, text => Assert.Contains(text, refused.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(parsed.Password!, refused.Message, StringComparison.Ordinal);
    }
}
