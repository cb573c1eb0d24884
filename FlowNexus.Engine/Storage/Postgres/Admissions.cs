using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FlowNexus.Engine.Storage.Journal;
using Npgsql;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>
/// Which activation of a queue may let something through. A commit that needs one holds its queue's lock together with
/// others; an activation that begins takes it alone, so it waits for those commits and counts them.
/// </summary>
internal static class Admissions
{
    /// <summary>Refuses when one of the entries was let through by an activation that another one has followed.</summary>
    public static void Check(Pipeline pipeline, IReadOnlyList<JournalEntry> entries, Action<TransitionRefusedException> refuse)
    {
        var admissions = entries.SelectMany(entry => entry.Transition.Admissions ?? []).ToHashSet();
        if (admissions.Count == 0) return;
        string[] queues = [.. admissions.Select(admission => admission.Queue).Distinct().Order(StringComparer.Ordinal)];
        foreach (var queue in queues) pipeline.Add("SELECT pg_advisory_xact_lock_shared($1)", [LockOf(queue)], static _ => { });
        pipeline.Add("SELECT queue, activation FROM queue_activations", null, reader =>
        {
            HashSet<Admission> current = [];
            while (reader.Read()) current.Add(new Admission(reader.GetString(0), reader.GetString(1)));
            if (!admissions.IsSubsetOf(current)) refuse(new TransitionRefusedException(Refusal.NotAdmitted));
        });
    }

    /// <summary>From when this returns, only this activation lets anything through.</summary>
    public static async Task BeginAsync(NpgsqlConnection connection, Admission admission, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var alone = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection, transaction) { Parameters = { LockOf(admission.Queue) } }) await alone.ExecuteNonQueryAsync(cancellationToken);
        await using (var begin = new NpgsqlCommand("INSERT INTO queue_activations (queue, activation) VALUES ($1, $2) ON CONFLICT (queue) DO UPDATE SET activation = excluded.activation", connection, transaction))
        {
            begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = admission.Queue });
            begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = admission.Activation });
            await begin.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static NpgsqlParameter<long> LockOf(string queue) => new() { TypedValue = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"queue {queue}"))) };
}
