namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>An object inside an object.</summary>
public sealed partial class GroupEditor : FieldEditor;
