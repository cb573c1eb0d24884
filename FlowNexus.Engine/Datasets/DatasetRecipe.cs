namespace FlowNexus.Engine.Datasets;

/// <summary>How one shipped dataset is made: always the same rows.</summary>
/// <param name="Name">What <c>input_data.dataset</c> says.</param>
/// <param name="Description">What is in it, for people.</param>
/// <param name="Header">Column names.</param>
/// <param name="Rows">The rows as text, in file order.</param>
public sealed record DatasetRecipe(string Name, string Description, IReadOnlyList<string> Header, Func<IEnumerable<string[]>> Rows)
{
    /// <summary>The datasets every installation has.</summary>
    public static IReadOnlyList<DatasetRecipe> Shipped { get; } =
    [
        CustomerAnalytics.Recipe, CustomerAnalytics.SmallSample, CustomerDatabase.Recipe, CustomerChurn.Recipe,
    ];
}
