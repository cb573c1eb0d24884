using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Npgsql;
using NpgsqlTypes;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>The ends of the administered streams that a group adds to. Any node may add, so each is locked until the commit.</summary>
internal sealed class StreamEnds
{
    private Dictionary<string, (long Seq, byte[] Head)> _ends = new(StringComparer.Ordinal);
    private readonly HashSet<string> _moved = new(StringComparer.Ordinal);

    /// <summary>Advisory locks in one order for all nodes, then what the streams end with.</summary>
    public void Lock(Pipeline pipeline, IReadOnlyList<JournalEntry> entries)
    {
        var streams = entries.SelectMany(entry => entry.Transition.AdminEvents ?? []).Select(row => row.Stream).Distinct(StringComparer.Ordinal).ToArray();
        if (streams.Length == 0) return;
        foreach (var stream in streams) _ends[stream] = (0, EventChain.Genesis);
        foreach (var key in streams.Select(LockKey).Distinct().Order())
            pipeline.Add("SELECT pg_advisory_xact_lock($1)", [new NpgsqlParameter<long> { TypedValue = key }], static _ => { });
        pipeline.Add("SELECT id, seq, head FROM streams WHERE id = ANY($1)", [new NpgsqlParameter<string[]> { TypedValue = streams }], reader =>
        {
            while (reader.Read()) _ends[reader.GetString(0)] = (reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        });
    }

    /// <summary>Gives an event its place in its stream.</summary>
    public void Chain(EventRow row)
    {
        var end = _ends[row.Stream];
        row.Seq = end.Seq + 1;
        EventChain.Seal(row, end.Head, RandomBytes.Get(EventChain.SaltBytes));
        _ends[row.Stream] = (row.Seq, row.Hash);
        _moved.Add(row.Stream);
    }

    public void Store(Pipeline pipeline)
    {
        if (_moved.Count == 0) return;
        string[] streams = [.. _moved.Order(StringComparer.Ordinal)];
        _moved.Clear();
        pipeline.Add(
            "INSERT INTO streams (id, seq, head) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, head = excluded.head",
            [
                new NpgsqlParameter<string[]> { TypedValue = streams },
                new NpgsqlParameter<long[]> { TypedValue = [.. streams.Select(stream => _ends[stream].Seq)] },
                new NpgsqlParameter<byte[][]> { TypedValue = [.. streams.Select(stream => _ends[stream].Head)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            ]);
    }

    public Dictionary<string, (long Seq, byte[] Head)> Remember() => new(_ends, StringComparer.Ordinal);

    public void Return(Dictionary<string, (long Seq, byte[] Head)> ends)
    {
        _ends = ends;
        _moved.Clear();
    }

    private static long LockKey(string stream) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(stream)));
}
