using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;
using FlowNexus.Web.Ui.Forms;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Gallery;

/// <summary>The forms of all step types, as wide as the inspector.</summary>
public sealed partial class GalleryForms(StepCatalogue catalogue) : ComponentBase
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<FormSample> _samples = [.. GalleryFormSamples.Of(catalogue)];

    private JsonObject? _schema = GalleryFormSamples.InputSchema();

    private void Apply(FormSample sample, FormChange change)
    {
        var index = _samples.FindIndex(one => one.Title == sample.Title);
        _samples[index] = sample with { Value = change.ApplyTo(_samples[index].Value) };
    }
}
