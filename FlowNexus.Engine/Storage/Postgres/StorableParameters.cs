using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>
/// Asking for a text that PostgreSQL cannot hold (U+0000, half of a surrogate pair) finds nothing, as in SQLite, instead
/// of failing the query.
/// </summary>
internal sealed class StorableParameters : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Mend(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Mend(command);
        return ValueTask.FromResult(result);
    }

    private static void Mend(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text) parameter.Value = Mended(text);
            else if (parameter.Value is IEnumerable<string> texts) parameter.Value = texts.Select(Mended).ToList();
        }
    }

    private static string Mended(string text)
    {
        var span = text.AsSpan();
        if (!span.Contains('\0') && !span.ContainsAnyInRange('\ud800', '\udfff')) return text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\ufffd');
    }
}
