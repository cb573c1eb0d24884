using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FlowNexus.Tests.Storage;

public sealed class StorageFailureTests
{
    [Theory]
    [InlineData(13, ProblemCodes.StorageUnavailable, "full")]
    [InlineData(778, ProblemCodes.StorageUnavailable, "disk")]
    [InlineData(8, ProblemCodes.StorageUnavailable, "only be read")]
    [InlineData(5, ProblemCodes.StorageUnavailable, "another program")]
    [InlineData(517, ProblemCodes.StorageUnavailable, "another program")]
    [InlineData(14, ProblemCodes.StorageUnavailable, "opened")]
    [InlineData(11, ProblemCodes.StorageDamaged, "backup")]
    [InlineData(26, ProblemCodes.StorageDamaged, "backup")]
    [InlineData(19, null, null)]
    [InlineData(1, null, null)]
    public void SqliteCode_IsTheStoragesOrTheTransitions(int code, string? expected, string? says)
    {
        foreach (Exception failure in new Exception[] { new SqliteJournalException(code, "text"), new SqliteException("text", code), new InvalidOperationException("outer", new SqliteException("text", code)) })
        {
            var problem = StorageFailure.Problem(failure);
            Assert.Equal(expected, problem?.Code);
            if (says is not null) Assert.Contains(says, problem!.Message, StringComparison.Ordinal);
            Assert.Equal(expected == ProblemCodes.StorageUnavailable, problem?.RetryAfter is not null);
        }
    }

    [Theory]
    [InlineData("53100", ProblemCodes.StorageUnavailable)]
    [InlineData("57P01", ProblemCodes.StorageUnavailable)]
    [InlineData("25006", ProblemCodes.StorageUnavailable)]
    [InlineData("XX001", ProblemCodes.StorageDamaged)]
    [InlineData("23505", null)]
    [InlineData("42601", null)]
    public void PostgresState_IsTheStoragesOrTheTransitions(string state, string? expected) =>
        Assert.Equal(expected, StorageFailure.Problem(new PostgresException("text", "ERROR", "ERROR", state))?.Code);
}
