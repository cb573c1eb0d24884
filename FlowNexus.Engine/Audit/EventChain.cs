using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Audit;

/// <summary>
/// The hash chain of an event stream: <c>hash = SHA-256(prev_hash ‖ envelope ‖ payload_hash)</c> and
/// <c>payload_hash = SHA-256(salt ‖ payload)</c>. A payload can be erased and the chain still verifies, because only
/// its salted hash is chained. The envelope is the event's own fields, UTF-8, in the order of
/// <see cref="WriteEnvelope"/>, each ended by U+001F; a missing field is empty; instants are microseconds since 1970.
/// </summary>
public static class EventChain
{
    public const int SaltBytes = 16;

    /// <summary>What the first event of a stream is chained to: 32 zero bytes.</summary>
    public static readonly byte[] Genesis = new byte[32];

    /// <summary>Sets the event's salt and hashes from its fields and the hash of the event before it.</summary>
    public static void Seal(EventRow row, byte[] previousHash, byte[] salt)
    {
        row.Salt = salt;
        row.PayloadHash = PayloadHash(salt, row.Payload ?? "{}");
        row.Hash = Hash(row, previousHash);
    }

    /// <summary>True when the event follows <paramref name="previousHash"/> and, unless erased, carries the payload it was written with.</summary>
    public static bool Verifies(EventRow row, byte[] previousHash) =>
        Hash(row, previousHash).AsSpan().SequenceEqual(row.Hash) &&
        (row.Payload is null || row.Salt is null || PayloadHash(row.Salt, row.Payload).AsSpan().SequenceEqual(row.PayloadHash));

    private static byte[] PayloadHash(byte[] salt, string payload)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(salt.Length + Encoding.UTF8.GetMaxByteCount(payload.Length));
        salt.CopyTo(buffer, 0);
        var length = salt.Length + Encoding.UTF8.GetBytes(payload, buffer.AsSpan(salt.Length));
        var hash = SHA256.HashData(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    private static byte[] Hash(EventRow row, byte[] previousHash)
    {
        var writer = new ArrayBufferWriter<byte>(512);
        writer.Write(previousHash);
        WriteEnvelope(writer, row);
        writer.Write(row.PayloadHash);
        return SHA256.HashData(writer.WrittenSpan);
    }

    private static void WriteEnvelope(ArrayBufferWriter<byte> writer, EventRow row)
    {
        Field(writer, row.Stream);
        Field(writer, row.Seq.ToString(CultureInfo.InvariantCulture));
        Field(writer, row.EventId);
        Field(writer, row.Type);
        Field(writer, row.At.ToString(CultureInfo.InvariantCulture));
        Field(writer, row.WorkflowId);
        Field(writer, row.ExecutionId);
        Field(writer, row.StepName);
        Field(writer, row.AgentId);
        Field(writer, row.UserId);
    }

    private static void Field(ArrayBufferWriter<byte> writer, string? text)
    {
        if (text is not null) Encoding.UTF8.GetBytes(text, writer);
        writer.Write("\u001f"u8);
    }
}
