using System.Globalization;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>What every field of a form shares.</summary>
public sealed class FormContext
{
    private static int _forms;

    /// <summary>Begins every element id of the form.</summary>
    public string Id { get; } = $"form{Interlocked.Increment(ref _forms).ToString(CultureInfo.InvariantCulture)}";

    public FormHints? Hints { get; init; }

    /// <summary>Fields whose text cannot be read, and so is not in the value.</summary>
    public HashSet<string> Unread { get; private init; } = [];

    public bool ReadOnly { get; init; }

    public IReadOnlyList<ProblemDetail> Problems { get; init; } = [];

    public IReadOnlyList<NamedSchema> Schemas { get; init; } = [];

    public FormContext With(FormHints? hints, bool readOnly, IReadOnlyList<ProblemDetail> problems, IReadOnlyList<NamedSchema> schemas) =>
        new(Id) { Unread = Unread, Hints = hints, ReadOnly = readOnly, Problems = problems, Schemas = schemas };

    public FormContext() { }

    private FormContext(string id) => Id = id;

    /// <summary>What is wrong with exactly this field.</summary>
    public IEnumerable<ProblemDetail> At(string pointer) => Problems.Where(problem => problem.Pointer == pointer);

    /// <summary>What is wrong with this field or anything inside it.</summary>
    public IEnumerable<ProblemDetail> Within(string pointer) =>
        Problems.Where(problem => problem.Pointer == pointer || problem.Pointer.StartsWith(pointer + "/", StringComparison.Ordinal));

    public string ElementId(string pointer) => string.Concat(Id, pointer.Replace('/', '-').Replace(' ', '_'));
}
