using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>One column of the rows of a statement.</summary>
internal abstract class ValueColumn
{
    /// <summary>The type of one value in SQL.</summary>
    public abstract string SqlType { get; }

    public abstract NpgsqlParameter AsArray();

    /// <summary>One value as text; only keys are asked for.</summary>
    public abstract string Text(int row);

    public abstract NpgsqlParameter AsValue(int row);

    /// <summary>Writes one value of a COPY, which wants the column's own type.</summary>
    public abstract void Copy(NpgsqlBinaryImporter to, int row, string columnType);
}

internal sealed class TextColumn : ValueColumn
{
    private readonly List<string?> _values = [];

    public override string SqlType => "text";

    /// <summary>Half of a surrogate pair becomes U+FFFD, as in SQLite.</summary>
    /// <exception cref="FormatException">PostgreSQL keeps no U+0000.</exception>
    public void Add(string? value)
    {
        if (value is not null && value.Contains('\0', StringComparison.Ordinal)) throw new FormatException("A text contains the character U+0000, which cannot be stored.");
        _values.Add(value is not null && value.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)) : value);
    }

    public override NpgsqlParameter AsArray() => new NpgsqlParameter<List<string?>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public override string Text(int row) => _values[row] ?? "";

    public override NpgsqlParameter AsValue(int row) => new() { Value = (object?)_values[row] ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public override void Copy(NpgsqlBinaryImporter to, int row, string columnType)
    {
        if (_values[row] is { } value) to.Write(value, NpgsqlDbType.Text);
        else to.WriteNull();
    }
}

internal sealed class IntegerColumn : ValueColumn
{
    private readonly List<long?> _values = [];

    public override string SqlType => "bigint";

    public void Add(long? value) => _values.Add(value);

    public override NpgsqlParameter AsArray() => new NpgsqlParameter<List<long?>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    public override string Text(int row) => _values[row]?.ToString(CultureInfo.InvariantCulture) ?? "";

    public override NpgsqlParameter AsValue(int row) => new() { Value = (object?)_values[row] ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public override void Copy(NpgsqlBinaryImporter to, int row, string columnType)
    {
        if (_values[row] is not { } value) to.WriteNull();
        else if (columnType == "integer") to.Write(checked((int)value), NpgsqlDbType.Integer);
        else if (columnType == "boolean") to.Write(value != 0, NpgsqlDbType.Boolean);
        else to.Write(value, NpgsqlDbType.Bigint);
    }
}

internal sealed class RealColumn : ValueColumn
{
    private readonly List<double> _values = [];

    public override string SqlType => "double precision";

    public void Add(double value) => _values.Add(value);

    public override NpgsqlParameter AsArray() => new NpgsqlParameter<List<double>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double };

    public override string Text(int row) => _values[row].ToString(CultureInfo.InvariantCulture);

    public override NpgsqlParameter AsValue(int row) => new NpgsqlParameter<double> { TypedValue = _values[row], NpgsqlDbType = NpgsqlDbType.Double };

    public override void Copy(NpgsqlBinaryImporter to, int row, string columnType) => to.Write(_values[row], NpgsqlDbType.Double);
}

internal sealed class BlobColumn : ValueColumn
{
    private readonly List<byte[]?> _values = [];

    public override string SqlType => "bytea";

    public void Add(byte[]? value) => _values.Add(value);

    public override NpgsqlParameter AsArray() => new NpgsqlParameter<List<byte[]?>> { TypedValue = _values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };

    public override string Text(int row) => Convert.ToHexStringLower(_values[row] ?? []);

    public override NpgsqlParameter AsValue(int row) => new() { Value = (object?)_values[row] ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public override void Copy(NpgsqlBinaryImporter to, int row, string columnType)
    {
        if (_values[row] is { } value) to.Write(value, NpgsqlDbType.Bytea);
        else to.WriteNull();
    }
}
