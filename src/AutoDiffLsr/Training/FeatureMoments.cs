using System.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>Range, mean and deviation of each feature, in double whatever the type of the samples.</summary>
internal sealed class FeatureMoments
{
    private FeatureMoments(int features)
    {
        Minimum = new double[features];
        Maximum = new double[features];
        Mean = new double[features];
        Deviation = new double[features];
    }

    public double[] Minimum { get; }

    public double[] Maximum { get; }

    public double[] Mean { get; }

    public double[] Deviation { get; }

    // By its range, not by its deviation: rounding of the mean gives a constant feature a tiny deviation, and dividing by it would blow it up.
    public bool IsConstant(int feature) => Minimum[feature] == Maximum[feature];

    public static FeatureMoments Of<T>(Dataset<T> dataset)
        where T : struct, IFloatingPointIeee754<T>
    {
        var moments = new FeatureMoments(dataset.Features);
        moments.FindRangeAndMean(dataset);
        moments.FindDeviation(dataset);
        return moments;
    }

    private void FindRangeAndMean<T>(Dataset<T> dataset)
        where T : struct, IFloatingPointIeee754<T>
    {
        Minimum.AsSpan().Fill(double.PositiveInfinity);
        Maximum.AsSpan().Fill(double.NegativeInfinity);
        for (int i = 0; i < dataset.Count; i++)
        {
            ReadOnlySpan<T> sample = dataset.Sample(i);
            for (int f = 0; f < sample.Length; f++)
            {
                double value = double.CreateTruncating(sample[f]);
                Minimum[f] = Math.Min(Minimum[f], value);
                Maximum[f] = Math.Max(Maximum[f], value);
                Mean[f] += value;
            }
        }

        for (int f = 0; f < Mean.Length; f++)
            Mean[f] = IsConstant(f) ? Minimum[f] : Mean[f] / dataset.Count;
    }

    private void FindDeviation<T>(Dataset<T> dataset)
        where T : struct, IFloatingPointIeee754<T>
    {
        // Squares of the share of the range: neither 1e-200 nor 1e200 leaves double's range on the way.
        for (int i = 0; i < dataset.Count; i++)
        {
            ReadOnlySpan<T> sample = dataset.Sample(i);
            for (int f = 0; f < sample.Length; f++)
            {
                double share = (double.CreateTruncating(sample[f]) - Mean[f]) / (Maximum[f] - Minimum[f]);
                Deviation[f] += share * share;
            }
        }

        for (int f = 0; f < Deviation.Length; f++)
            Deviation[f] = IsConstant(f) ? 0 : (Maximum[f] - Minimum[f]) * Math.Sqrt(Deviation[f] / dataset.Count);
    }
}
