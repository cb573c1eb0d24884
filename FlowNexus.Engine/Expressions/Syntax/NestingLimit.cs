namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary>Refuses what would exhaust the stack of a recursive parser, before it runs.</summary>
internal static class NestingLimit
{
    public static void Check(string source)
    {
        if (source.Length > Expression.MaxLength)
            throw ExpressionProblems.Invalid(source[..50] + "…", Expression.MaxLength, $"it has {source.Length} characters; at most {Expression.MaxLength} are allowed. Split it over two steps.");

        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < source.Length; i++)
        {
            var character = source[i];
            if (quote != '\0')
            {
                if (character == '\\') i++;
                else if (character == quote) quote = '\0';
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character is '(' or '[')
            {
                if (++depth > Expression.MaxDepth / 2)
                    throw ExpressionProblems.Invalid(source, i, $"brackets nest deeper than {Expression.MaxDepth / 2}. Split it over two steps.");
            }
            else if (character is ')' or ']')
            {
                depth--;
            }
        }
    }
}

/// <summary>A rule of the language broken while the grammar reads.</summary>
internal sealed class GrammarException(int position, string message) : Exception(message)
{
    public int Position { get; } = position;
}
