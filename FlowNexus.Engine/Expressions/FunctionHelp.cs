namespace FlowNexus.Engine.Expressions;

/// <summary>What the functions of the language do, in a line each, for whoever writes an expression.</summary>
/// <param name="Form">How it is called.</param>
public sealed record FunctionHelp(string Name, string Form, string Does)
{
    /// <summary>Every function, by name.</summary>
    public static IReadOnlyList<FunctionHelp> All { get; } =
    [
        new("coalesce", "coalesce(a, b, …)", "The first of its values that is there and not null."),
        new("contains", "contains(whole, part)", "Whether a text has a part, or a list an item."),
        new("ends_with", "ends_with(text, end)", "Whether a text ends so."),
        new("exists", "exists(name)", "Whether there is such a value at all."),
        new("if", "if(condition, yes, no)", "One of two values."),
        new("length", "length(value)", "Letters of a text, items of a list, fields of an object."),
        new("lower", "lower(text)", "In small letters."),
        new("max", "max(list) or max(a, b, …)", "The largest number."),
        new("min", "min(list) or min(a, b, …)", "The smallest number."),
        new("number", "number(text)", "A text read as a number."),
        new("round", "round(number, places)", "Rounded to so many decimal places, 0 if not said."),
        new("starts_with", "starts_with(text, start)", "Whether a text starts so."),
        new("sum", "sum(list) or sum(a, b, …)", "All numbers together."),
        new("text", "text(value)", "Any value as a text."),
        new("trim", "trim(text)", "Without spaces at both ends."),
        new("upper", "upper(text)", "In capital letters."),
    ];
}
