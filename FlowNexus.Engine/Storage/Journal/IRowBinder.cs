namespace FlowNexus.Engine.Storage.Journal;

/// <summary>Takes the values of one row, column by column in the table's order.</summary>
internal interface IRowBinder
{
    void Text(string? value);

    /// <summary>Text that is already UTF-8.</summary>
    void Utf8(ReadOnlySpan<byte> value);

    void Integer(long value);

    void Integer(long? value);

    void Real(double value);

    void Blob(byte[]? value);
}
