using System.Numerics;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>The metrics of K binary labels, from logits that come batch by batch. All logits are kept, since the area under a curve needs their order.</summary>
internal sealed class BinaryScores(int columns)
{
    private readonly List<(double Logit, bool IsPositive)>[] answers = [.. Enumerable.Range(0, columns).Select(_ => new List<(double, bool)>())];
    private readonly long[] correct = new long[columns];
    private long rowsCorrect;

    public int Columns => answers.Length;

    public long Count { get; private set; }

    /// <summary>The share of samples whose logits are all on the right side.</summary>
    public double ExactAccuracy => (double)rowsCorrect / Count;

    public double Accuracy(int column) => (double)correct[column] / Count;

    public double Accuracy() => (double)correct.Sum() / Count / Columns;

    public double AreaUnderCurve() => Enumerable.Range(0, Columns).Average(AreaUnderCurve);

    /// <summary>
    /// The probability that a positive sample has a larger logit than a negative one, equal ones half (Mann and Whitney): NaN without one of the two.
    /// </summary>
    public double AreaUnderCurve(int column)
    {
        (double Logit, bool IsPositive)[] sorted = [.. answers[column].OrderBy(answer => answer.Logit)];
        double wins = 0;
        long negativesBelow = 0, positives = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            if (double.IsNaN(sorted[start].Logit))
                return double.NaN;
            long tiedPositives = 0;
            for (end = start; end < sorted.Length && sorted[end].Logit == sorted[start].Logit; end++)
                tiedPositives += sorted[end].IsPositive ? 1 : 0;
            long tiedNegatives = end - start - tiedPositives;
            wins += tiedPositives * (negativesBelow + (tiedNegatives / 2.0));
            (negativesBelow, positives) = (negativesBelow + tiedNegatives, positives + tiedPositives);
        }

        return wins / ((double)positives * negativesBelow);
    }

    /// <summary>A logit above 0 says yes, a target of at least one half means yes; NaN says nothing and is wrong.</summary>
    public static bool IsRight(double logit, bool isPositive) => isPositive ? logit > 0 : logit <= 0;

    public void Add<T>(Matrix<T> logits, Matrix<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] z = logits.Data(), t = targets.Data();
        for (int row = 0; row < logits.RowCount; row++)
        {
            bool allRight = true;
            for (int column = 0; column < Columns; column++)
            {
                int entry = (column * logits.RowCount) + row;
                double logit = double.CreateTruncating(z[entry]);
                bool isPositive = double.CreateTruncating(t[entry]) >= 0.5, isRight = IsRight(logit, isPositive);
                answers[column].Add((logit, isPositive));
                correct[column] += isRight ? 1 : 0;
                allRight &= isRight;
            }

            rowsCorrect += allRight ? 1 : 0;
        }

        Count += logits.RowCount;
    }
}
