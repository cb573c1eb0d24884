using System.Security.Cryptography;

namespace FlowNexus.Engine.Identity;

/// <summary>Cryptographic random bytes, drawn from the system in blocks: one id or salt at a time would cost more than the rest of a transition.</summary>
internal static class RandomBytes
{
    private const int Block = 4096;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _left;

    /// <summary>Every byte is handed out once.</summary>
    public static void Fill(Span<byte> destination)
    {
        if (destination.Length > Block)
        {
            RandomNumberGenerator.Fill(destination);
            return;
        }

        var block = _block ??= new byte[Block];
        if (_left < destination.Length)
        {
            RandomNumberGenerator.Fill(block);
            _left = Block;
        }

        var taken = block.AsSpan(_left - destination.Length, destination.Length);
        taken.CopyTo(destination);
        taken.Clear();
        _left -= destination.Length;
    }

    public static byte[] Get(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }
}
