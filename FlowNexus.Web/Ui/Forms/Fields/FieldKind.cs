namespace FlowNexus.Web.Ui.Forms.Fields;

/// <summary>How a value is edited.</summary>
public enum FieldKind
{
    Text,

    /// <summary>A text that becomes a number, a boolean or a list when it reads as one.</summary>
    Loose,
    Number,
    Switch,
    Choice,

    /// <summary>A list of short values.</summary>
    Words,

    /// <summary>A list of objects.</summary>
    Items,

    /// <summary>An object whose names are the author's.</summary>
    Map,
    Group,
    Json,

    /// <summary>A step without a name, inside another step.</summary>
    Step,
}
