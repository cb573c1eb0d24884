using FlowNexus.Web.Ui.Forms.Fields;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>Which component edits which kind of field.</summary>
internal static class FieldEditors
{
    public static Type Of(FieldKind kind) => kind switch
    {
        FieldKind.Text => typeof(TextEditor),
        FieldKind.Loose or FieldKind.Json => typeof(LooseEditor),
        FieldKind.Number => typeof(NumberEditor),
        FieldKind.Switch => typeof(SwitchEditor),
        FieldKind.Choice => typeof(ChoiceEditor),
        FieldKind.Words => typeof(WordsEditor),
        FieldKind.Items => typeof(ItemsEditor),
        FieldKind.Map => typeof(MapEditor),
        FieldKind.Group => typeof(GroupEditor),
        FieldKind.Step => typeof(StepEditor),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
