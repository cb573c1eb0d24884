using System.Buffers.Binary;

namespace FlowNexus.Engine.Identity;

/// <summary>
/// Makes prefixed, sortable, URL-safe ids: a version 7 UUID (RFC 9562) written as 26 characters of Crockford base 32.
/// Look-ups never validate this form, so ids that come from elsewhere work unchanged.
/// </summary>
public static class NewId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Workflow(DateTimeOffset now) => Create("workflow_", now);

    public static string Execution(DateTimeOffset now) => Create("exec_", now);

    public static string Step(DateTimeOffset now) => Create("step_", now);

    public static string Task(DateTimeOffset now) => Create("task_", now);

    public static string Event(DateTimeOffset now) => Create("evt_", now);

    public static string Artifact(DateTimeOffset now) => Create("artifact_", now);

    public static string Trigger(DateTimeOffset now) => Create("trigger_", now);

    /// <summary>Sorts before every id with this prefix made at this moment or later, and after all made before; milliseconds count.</summary>
    public static string First(string prefix, DateTimeOffset at) => Write(prefix, (UInt128)(ulong)Math.Max(0, at.ToUnixTimeMilliseconds()) << 80);

    /// <param name="prefix">What kind of thing the id names, with its underscore: <c>exec_</c>.</param>
    /// <param name="now">The moment the id sorts by; milliseconds count.</param>
    public static string Create(string prefix, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomBytes.Fill(bytes[6..]);
        var milliseconds = (ulong)now.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return Write(prefix, new UInt128(high, low));
    }

    private static string Write(string prefix, UInt128 value) =>
        string.Create(prefix.Length + 26, (prefix, value), static (chars, state) =>
        {
            state.prefix.CopyTo(chars);
            var rest = state.value;
            for (var i = chars.Length - 1; i >= state.prefix.Length; i--)
            {
                chars[i] = Alphabet[(int)(uint)(rest & 31)];
                rest >>= 5;
            }
        });
}
