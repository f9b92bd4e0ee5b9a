using System.Text;
using System.Text.Json;
using AutoDiffLsr.Experiments.Cells;
using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Losses;

namespace AutoDiffLsr.Experiments.Search.Running;

/// <summary>The cells of a search. They are always done from their text, so that it makes no difference where.</summary>
internal sealed class SearchCells : ICellContext
{
    private readonly CandidateEvaluator evaluator;
    private readonly bool isClassification;
    private readonly Lazy<CellData> content;

    public SearchCells(SearchData data, InnerSettings settings, long seed)
    {
        evaluator = new CandidateEvaluator(data, settings, seed);
        isClassification = data.IsClassification;
        content = new Lazy<CellData>(() => new CellData(SearchDataBytes.Write(data)));
        Settings = JsonSerializer.Serialize(new SearchCellSettings(settings, seed), SearchJson.Default.SearchCellSettings);
    }

    /// <inheritdoc/>
    public string Kind => SearchCellKind.KindName;

    /// <inheritdoc/>
    public string Settings { get; }

    /// <inheritdoc/>
    public CellData Data => content.Value;

    /// <summary>The cell that finds the weights of a candidate; its result is a <see cref="PreparedLoss"/>.</summary>
    public CellWork Prepare(Candidate candidate) => Cell(
        $"prepare {evaluator.Context} {candidate.Key}",
        new SearchWork($"prepare {candidate.Key}") { Loss = TextOf(candidate.Loss), Prepares = true, Learns = candidate.Learns, FromOnes = candidate.FromOnes });

    /// <summary>The cell that judges a candidate by the validation metric of a net; its result is a number.</summary>
    public CellWork Judge(Candidate candidate, LearnedLoss loss, double learningRate) => Cell(
        $"train {evaluator.Context} {candidate.Key}", new SearchWork($"train {candidate.Key}") { Loss = TextOf(loss), LearningRate = learningRate });

    /// <summary>The cell that tries a learning rate of a fixed loss.</summary>
    public CellWork Tune(FixedLoss loss, double learningRate)
    {
        string name = FormattableString.Invariant($"tune {evaluator.Context} {loss.Name()} {learningRate:R}");
        return Cell(name, new SearchWork(name) { Fixed = loss, LearningRate = learningRate });
    }

    /// <summary>The cell that trains a fresh net and looks at the test part. The net of seed k starts from the same weights and sees the same batches with every loss.</summary>
    public CellWork Test(LearnedLoss? learned, FixedLoss? fixedLoss, double learningRate, int seed) => Cell(
        FormattableString.Invariant($"test {evaluator.Context} {seed} {learningRate:R} {fixedLoss?.Name() ?? learned!.Formula}"),
        new SearchWork($"test {seed}") { Loss = learned is null ? null : TextOf(learned), Fixed = fixedLoss, LearningRate = learningRate, OnTest = true });

    /// <inheritdoc/>
    public string Run(string work, Action<double>? advance, CancellationToken cancellation)
    {
        SearchWork wanted = JsonSerializer.Deserialize(work, SearchJson.Default.SearchWork)!;
        return wanted.Prepares
            ? JsonSerializer.Serialize(evaluator.Prepare(LearnedOf(wanted), wanted.Learns, wanted.FromOnes, wanted.Purpose, cancellation), SearchJson.Default.PreparedLoss)
            : JsonSerializer.Serialize(
                evaluator.Fitness(wanted.Fixed is { } known ? known.Create() : CandidateEvaluator.LossOf(LearnedOf(wanted)), wanted.LearningRate, wanted.Purpose, wanted.OnTest, cancellation),
                SearchJson.Default.Double);
    }

    private static CellWork Cell(string name, SearchWork work) => new(name, JsonSerializer.Serialize(work, SearchJson.Default.SearchWork));

    private static LearnedLoss LearnedOf(SearchWork work) => LearnedLossFile.Parse("the loss of a cell", Encoding.UTF8.GetBytes(work.Loss!)).Loss;

    private string TextOf(LearnedLoss loss) => new LearnedLossFile(loss, isClassification, new Dictionary<string, string>()).ToText();
}
