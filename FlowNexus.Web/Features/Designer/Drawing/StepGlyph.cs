using FlowNexus.Engine.Steps;
using FlowNexus.Web.Ui.Icons;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>The name of the icon that stands for a type of steps.</summary>
public static class StepGlyph
{
    /// <param name="family">Null for a type that is not known.</param>
    public static string Of(string type, StepFamily? family) => type switch
    {
        "delay" => nameof(Glyph.Hourglass),
        "http_request" => nameof(Glyph.External),
        "sub_workflow" => nameof(Glyph.Workflow),
        "for_each" => nameof(Glyph.Retry),
        "wait_for_signal" => nameof(Glyph.Clock),
        "validation" => nameof(Glyph.Audit),
        "end" => nameof(Glyph.CheckCircle),
        _ => family switch
        {
            StepFamily.Agent => nameof(Glyph.Agent),
            StepFamily.Control => nameof(Glyph.Branch),
            StepFamily.Data => nameof(Glyph.Data),
            StepFamily.Code => nameof(Glyph.Code),
            StepFamily.People => nameof(Glyph.People),
            StepFamily.Output => nameof(Glyph.Output),
            _ => nameof(Glyph.Dashed),
        },
    };
}
