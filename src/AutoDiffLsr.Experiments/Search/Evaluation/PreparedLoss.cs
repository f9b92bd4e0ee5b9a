using AutoDiffLsr.Experiments.Search.Losses;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Search.Evaluation;

/// <summary>A candidate with its weights found, before a net is trained with it.</summary>
/// <param name="Weights">The weights, each column by column.</param>
/// <param name="Fate"><see cref="Fate.Trained"/> if it is worth a training.</param>
/// <param name="Improvement">What the rejection test measured.</param>
/// <param name="GradientNorms">For gradient equivalence; else empty.</param>
internal sealed record PreparedLoss(double[][] Weights, Fate Fate, double Improvement, IReadOnlyList<double> GradientNorms)
{
    public static double[][] Flat(IReadOnlyList<Matrix<double>> weights) => [.. weights.Select(weight => weight.ToColumnMajorArray())];

    /// <summary>The candidate's loss with the weights found.</summary>
    public LearnedLoss LossOf(Candidate candidate) => candidate.Loss.Weights.Count == 0 ? candidate.Loss : candidate.Loss.WithWeights(
        [.. candidate.Loss.Weights.Zip(Weights, (shape, numbers) => Matrix<double>.Build.Dense(shape.RowCount, shape.ColumnCount, numbers))]);
}
