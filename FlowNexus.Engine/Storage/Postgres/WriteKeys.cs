using System.Globalization;
using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>Reads what names the row of a write: the first values it binds.</summary>
internal sealed class WriteKeys : IRowBinder
{
    private int _wanted;
    private string _first = "";
    private string _full = "";
    private int _taken;

    /// <returns>The first key value, and all of them as one text.</returns>
    public (string First, string Full) Of(Write write)
    {
        (_wanted, _taken, _first, _full) = (write.Statement.Keys, 0, "", "");
        write.Bind(this);
        return (_first, _full);
    }

    /// <summary>The text of several key values, as <see cref="Of"/> makes it.</summary>
    public static string Join(string before, string value) => $"{before}\u001f{value}";

    public void Text(string? value) => Take(value ?? "");

    public void Utf8(ReadOnlySpan<byte> value)
    {
        if (_taken < _wanted) Take(System.Text.Encoding.UTF8.GetString(value));
    }

    public void Integer(long value)
    {
        if (_taken < _wanted) Take(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Integer(long? value)
    {
        if (value is { } number) Integer(number);
    }

    public void Real(double value)
    {
        // No key is one.
    }

    public void Blob(byte[]? value)
    {
        // No key is one.
    }

    private void Take(string value)
    {
        if (_taken >= _wanted) return;
        if (_taken == 0) _first = _full = value;
        else _full = Join(_full, value);
        _taken++;
    }
}
