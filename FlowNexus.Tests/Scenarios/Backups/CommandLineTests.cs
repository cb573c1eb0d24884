using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Scenarios.Backups;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData(0, "FlowNexus backup  --to", "--help")]
    [InlineData(0, "FlowNexus backup --to FILE|DIR", "backup", "--help")]
    [InlineData(0, "--replace", "restore", "--help")]
    [InlineData(2, "\"serve\" is not a command", "serve")]
    [InlineData(2, "--to is missing", "backup")]
    [InlineData(2, "--from needs a value", "restore", "--from")]
    [InlineData(2, "\"--force\" is not an option", "restore", "--from", "x", "--force")]
    [InlineData(1, "There is no database in", "backup", "--to", "x.zip", "--FlowNexus:DataFolder=/nonexistent")]
    [InlineData(1, "pg_dump --format=custom --host=db --port=5432 --username=u --dbname=f --file=x.dump", "backup", "--to", "x", "--FlowNexus:Database:ConnectionString=Host=db;Database=f;Username=u;Password=secret")]
    [InlineData(1, "pg_restore --no-owner --exit-on-error --host=db --port=5432 --username=u --dbname=f x.dump", "restore", "--from", "x", "--FlowNexus:Database:ConnectionString=Host=db;Database=f;Username=u;Password=secret")]
    public async Task Command_SaysItsSentenceAndExitCode(int exitCode, string sentence, params string[] arguments)
    {
        var result = await WebProgram.RunAsync(arguments);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(sentence, exitCode == 0 ? result.Output : result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }
}
