using FlowNexus.Engine.Storage.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>
/// The journal on PostgreSQL: a group in one transaction, statement by statement for all its rows. A database that is
/// away is waited for; a group whose COMMIT was on its way when the connection broke is looked up before anybody hears
/// of it.
/// </summary>
internal sealed class PostgresJournalStore : IJournalStore
{
    private const int MaxCollisions = 20;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly PostgresConnections _connections;
    private readonly PostgresSql _sql;
    private readonly CommitMark _mark;
    private readonly CommitNews? _news;
    private readonly ILogger _log;
    private NpgsqlConnection _connection;

    /// <param name="writer">Names this writer among all that ever used the database.</param>
    /// <param name="news">Tells the other nodes of a cluster; null for a node that is alone.</param>
    public PostgresJournalStore(PostgresConnections connections, PostgresSql sql, string writer, CommitNews? news, ILogger log)
    {
        _connections = connections;
        _sql = sql;
        _mark = new CommitMark(writer);
        _news = news;
        _log = log;
        _connection = connections.OpenJournal();
        _mark.Create(_connection);
    }

    public void Commit(IReadOnlyList<JournalEntry> group, CancellationToken stopping)
    {
        IReadOnlyList<JournalEntry> left = group;
        while (left.Count > 0)
        {
            var (now, later) = IndependentEntries.Split(left);
            CommitIndependent(now, stopping);
            left = later;
        }
    }

    public void Probe() => _mark.Touch(_connection);

    /// <summary>The server's own autovacuum does what there is to do.</summary>
    public void Tidy()
    {
        // Nothing of ours.
    }

    public void Dispose() => _connection.Dispose();

    private void CommitIndependent(List<JournalEntry> entries, CancellationToken stopping)
    {
        for (var collisions = 0; ;)
        {
            GroupTransaction? transaction = null;
            try
            {
                if (!TryTogether(entries, out transaction)) OneByOne(entries, out transaction);
                return;
            }
            catch (Exception failure) when (ServerErrors.IsLost(failure, _connection))
            {
                _log.LogWarning("The connection to {Database} is lost: {Reason} It is tried again until it is back.", _connections.Name, failure.Message);
                Reconnect(stopping);
                if (transaction is { Committing: true } && _mark.Committed(_connection)) return;
            }
            catch (Exception failure) when (ServerErrors.IsCollision(failure) && ++collisions < MaxCollisions)
            {
                _log.LogDebug(failure, "A group met another node's and begins again.");
                Rollback();
            }
            catch
            {
                Rollback();
                throw;
            }
        }
    }

    /// <returns>False when something in the group failed beyond its fence: then nothing is written and isolation is needed.</returns>
    private bool TryTogether(List<JournalEntry> entries, out GroupTransaction transaction)
    {
        foreach (var entry in entries) entry.Reset();
        transaction = GroupTransaction.Begin(_connection, _sql, _mark, entries);
        try
        {
            transaction.Apply(entries);
            transaction.Commit(entries, _news);
            return true;
        }
        catch (Exception failure) when (!ServerErrors.EndsTransaction(failure, _connection))
        {
            Rollback();
            return false;
        }
    }

    private void OneByOne(List<JournalEntry> entries, out GroupTransaction transaction)
    {
        foreach (var entry in entries) entry.Reset();
        var current = transaction = GroupTransaction.Begin(_connection, _sql, _mark, entries);
        foreach (var entry in entries)
        {
            if (current.Isolated(() => current.Apply([entry])) is not { } failure) continue;
            entry.Reset();
            entry.Failure = failure;
        }

        current.Commit(entries, _news);
    }

    private void Rollback()
    {
        using var rollback = new NpgsqlCommand("ROLLBACK", _connection);
        rollback.ExecuteNonQuery();
    }

    /// <exception cref="NpgsqlException">The process stops and the database is still away.</exception>
    private void Reconnect(CancellationToken stopping)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var last = stopping.IsCancellationRequested;
            try
            {
                _connection.Dispose();
                _connection = _connections.OpenJournal();
                _log.LogInformation("The connection to {Database} is back.", _connections.Name);
                return;
            }
            catch (NpgsqlException away) when (!last)
            {
                _log.LogDebug(away, "The database {Database} is still away.", _connections.Name);
                stopping.WaitHandle.WaitOne(pause);
            }
        }
    }
}
