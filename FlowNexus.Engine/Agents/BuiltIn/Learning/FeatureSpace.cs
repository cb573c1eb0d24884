using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Learning;

/// <summary>Turns rows into vectors: numbers standardised (gaps become the mean), categories one-hot. Learned from the training rows only.</summary>
internal sealed class FeatureSpace
{
    private const int MostCategories = 30;

    private readonly List<Func<int, double>> _features = [];

    public FeatureSpace(IReadOnlyList<Column> columns, IReadOnlyList<int> trainingRows)
    {
        foreach (var column in columns)
        {
            if (column.IsNumeric() || column.Kind is ColumnKind.Boolean)
                AddNumber(column, trainingRows);
            else if (column.Kind == ColumnKind.Text)
                AddCategories(column, trainingRows);
        }
    }

    public List<string> Names { get; } = [];

    public int Size => _features.Count;

    public double[] Vector(int row)
    {
        var vector = new double[_features.Count];
        for (var index = 0; index < vector.Length; index++)
            vector[index] = _features[index](row);
        return vector;
    }

    private void AddNumber(Column column, IReadOnlyList<int> trainingRows)
    {
        var values = trainingRows.Select(row => Numbers.TryDouble(column.Values[row], out var value) ? value : double.NaN).Where(value => !double.IsNaN(value)).ToArray();
        if (values.Length == 0)
            return;
        var mean = Numbers.Mean(values);
        var deviation = Numbers.Deviation(values, mean);
        if (deviation == 0)
            return;
        Names.Add(column.Name);
        _features.Add(row => Numbers.TryDouble(column.Values[row], out var value) ? (value - mean) / deviation : 0);
    }

    private void AddCategories(Column column, IReadOnlyList<int> trainingRows)
    {
        var categories = trainingRows.Select(row => column.Values[row] as string).OfType<string>().GroupBy(text => text, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key).ToList();
        if (categories.Count is < 2 || categories.Count > Math.Max(MostCategories, 2) && categories.Count > 0.2 * trainingRows.Count)
            return;
        foreach (var category in categories.Take(MostCategories))
        {
            Names.Add($"{column.Name}={category}");
            _features.Add(row => column.Values[row] is string text && text == category ? 1 : 0);
        }
    }
}
