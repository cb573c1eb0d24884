using Npgsql;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>What an error says about the transaction and the connection it came on.</summary>
internal static class ServerErrors
{
    /// <summary>The connection is of no use any more.</summary>
    public static bool IsLost(Exception failure, NpgsqlConnection connection) =>
        connection.State != System.Data.ConnectionState.Open || failure is NpgsqlException and not PostgresException || failure is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow };

    /// <summary>Two nodes met in a way that one of them has to begin again.</summary>
    public static bool IsCollision(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled };

    /// <summary>Nobody's fault in the group: the whole of it is tried again.</summary>
    public static bool EndsTransaction(Exception failure, NpgsqlConnection connection) => IsLost(failure, connection) || IsCollision(failure);
}
