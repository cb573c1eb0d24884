using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Learning;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>
/// Measures a model on rows it has not seen: predictions of an earlier step when there are some, else a logistic
/// regression trained here on a seeded split. <c>score</c> is the held-out accuracy.
/// </summary>
public sealed class EvaluateModel : ISkill
{
    private const int FewestRows = 20;

    private static readonly string[] ActualNames = ["actual", "label", "target", "truth", "y_true"];
    private static readonly string[] PredictedNames = ["predicted", "prediction", "predictions", "y_pred"];

    public string Name => "evaluate_model";

    public string Title => "Evaluate a model";

    public string Description => "Evaluate, validate, test or score a trained model on held-out data: accuracy, precision, recall, F1, confusion matrix.";

    public IReadOnlyList<string> Aliases { get; } =
        ["model_validation", "model evaluation", "validate model", "test model", "accuracy", "score model", "held-out evaluation", "predictive quality", "machine learning evaluation"];

    public IReadOnlyList<string> AgentTypes { get; } = ["tester"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "target": { "type": "string", "title": "Target column", "description": "Default: a column named target, label or churned." },
        "features": { "type": "array", "items": { "type": "string" }, "title": "Feature columns", "description": "Default: all but identifiers and dates." },
        "held_out": { "type": "number", "minimum": 0.05, "maximum": 0.9, "default": 0.2, "title": "Share held out" },
        "seed": { "type": "integer", "default": 42, "title": "Seed of the split" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var given = await PredictionsAsync(context, cancellationToken);
        if (given is { } predictions)
            return ScoreGiven(context, predictions);
        var source = await UpstreamTable.FindAsync(context, cancellationToken);
        if (Pair(source.Table) is not null)
            return ScoreGiven(context, source);
        return TrainAndScore(context, settings, source, cancellationToken);
    }

    /// <summary>Predictions that a training step left beside its model.</summary>
    private static async Task<UpstreamTable?> PredictionsAsync(StepContext context, CancellationToken cancellationToken)
    {
        foreach (var name in context.Scope.DirectDependencies)
        {
            if (context.Scope.Outputs.GetValueOrDefault(name) is JsonObject output && TableFiles.IsTable(output["predictions"]))
            {
                var table = await TableFiles.ReadAsync(context, output["predictions"], cancellationToken);
                return new UpstreamTable(name, table, output, 0);
            }
        }
        return null;
    }

    private static (Column Actual, Column Predicted)? Pair(Table table)
    {
        var predicted = PredictedNames.Select(table.TryColumn).FirstOrDefault(column => column is not null);
        var actual = ActualNames.Select(table.TryColumn).FirstOrDefault(column => column is not null);
        return predicted is null || actual is null ? null : (actual, predicted);
    }

    private StepResult ScoreGiven(StepContext context, UpstreamTable source)
    {
        var (actual, predicted) = Pair(source.Table) ?? throw new ProblemException(ProblemCodes.NoData,
            $"The predictions of '{source.StepName}' need a column actual (or label) and a column predicted; there are: {string.Join(", ", source.Table.Columns.Select(column => column.Name))}.");
        var rows = Enumerable.Range(0, source.Table.RowCount).Where(row => actual.Values[row] is not null && predicted.Values[row] is not null).ToList();
        var score = new ClassificationScore([.. rows.Select(row => CellText.Format(actual.Values[row])!)], [.. rows.Select(row => CellText.Format(predicted.Values[row])!)]);
        var output = Facts(score);
        output["model"] = new JsonObject { ["kind"] = "given predictions", ["step"] = source.StepName };
        return Complete(context, source, output, $"Scored {score.Count:N0} predictions of {source.StepName}: accuracy {score.Accuracy:0.000}, F1 {score.MacroF1:0.000}.");
    }

    private StepResult TrainAndScore(StepContext context, SkillSettings settings, UpstreamTable source, CancellationToken cancellationToken)
    {
        var target = Target.Of(source.Table, settings);
        var labelled = Enumerable.Range(0, source.Table.RowCount).Where(row => target.Label.Values[row] is not null).ToList();
        if (labelled.Count < FewestRows)
            throw new ProblemException(ProblemCodes.NoData, $"Only {labelled.Count} rows have a value in '{target.Label.Name}'; at least {FewestRows} are needed to hold some out.");
        var seed = (ulong)settings.Number("seed", 42, 0, long.MaxValue);
        var (trainAt, testAt) = HoldOut.Split(labelled.Count, settings.Number("held_out", 0.2, 0.05, 0.9), seed);
        var (train, test) = (trainAt.ConvertAll(at => labelled[at]), testAt.ConvertAll(at => labelled[at]));
        var labels = labelled.Select(row => CellText.Format(target.Label.Values[row])!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var space = new FeatureSpace(target.Features, train);
        if (space.Size == 0)
            throw SkillSettings.Wrong("features", "none of them varies in the training rows");
        var model = LogisticRegression.Train([.. train.Select(space.Vector)], [.. train.Select(Label)], labels.Count, share => context.ReportProgress(0.1 + 0.8 * share), cancellationToken);

        var actual = test.ConvertAll(row => labels[Label(row)]);
        var score = new ClassificationScore(actual, test.ConvertAll(row => labels[model.Predict(space.Vector(row))]));
        var majority = train.GroupBy(Label).MaxBy(group => group.Count())!.Key;
        var baseline = new ClassificationScore(actual, test.ConvertAll(_ => labels[majority]));
        var output = Facts(score);
        output["baseline_accuracy"] = Math.Round(baseline.Accuracy, 4);
        output["model"] = new JsonObject
        {
            ["kind"] = "logistic_regression", ["target"] = target.Label.Name, ["features"] = space.Size, ["train_rows"] = train.Count, ["test_rows"] = test.Count, ["seed"] = seed,
        };
        output["strongest_features"] = new JsonArray([.. Enumerable.Range(0, space.Size).OrderByDescending(model.Strength).Take(10)
            .Select(feature => new JsonObject { ["feature"] = space.Names[feature], ["weight"] = Math.Round(model.Strength(feature), 4) })]);
        return Complete(context, source, output,
            $"Trained a logistic regression on {train.Count:N0} rows to predict {target.Label.Name}; on {test.Count:N0} held-out rows accuracy is {score.Accuracy:0.000} (always guessing '{labels[majority]}': {baseline.Accuracy:0.000}).");

        int Label(int row) => labels.BinarySearch(CellText.Format(target.Label.Values[row])!, StringComparer.Ordinal);
    }

    private static JsonObject Facts(ClassificationScore score) => new()
    {
        ["score"] = Math.Round(score.Accuracy, 4),
        ["accuracy"] = Math.Round(score.Accuracy, 4),
        ["f1"] = Math.Round(score.MacroF1, 4),
        ["evaluated_rows"] = score.Count,
        ["classes"] = score.PerClass(),
        ["confusion"] = score.Confusion(),
    };

    private StepResult Complete(StepContext context, UpstreamTable source, JsonObject facts, string summary)
    {
        facts["summary"] = summary;
        facts["counts"] = new JsonObject { ["rows"] = source.Table.RowCount, ["evaluated_rows"] = facts["evaluated_rows"]!.DeepClone() };
        var lineage = (source.Output?["lineage"] as JsonArray)?.DeepClone() as JsonArray ?? [];
        lineage.Add(new JsonObject { ["step"] = context.Step.Name, ["skill"] = Name, ["summary"] = summary, ["counts"] = facts["counts"]!.DeepClone() });
        facts["lineage"] = lineage;
        return StepResult.Completed(facts) with { RecordsProcessed = source.Table.RowCount, BytesRead = source.BytesRead };
    }
}
