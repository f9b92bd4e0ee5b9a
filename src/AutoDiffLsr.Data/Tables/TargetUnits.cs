using System.Numerics;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Data.Tables;

/// <summary>Brings a net that was trained on standardised targets back to the targets' own units: y = mean + scale·output.</summary>
public static class TargetUnits
{
    /// <summary>A net with the same layers whose last one has the units in its weights: W·scale and b·scale + mean. The net that is given does not change.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="net">Gives K outputs; where its last layer is none with weights and bias, one that only changes the unit is put behind it.</param>
    /// <param name="scales">The units of the K targets.</param>
    /// <returns>The net in the targets' units; the layers but the last are shared.</returns>
    /// <exception cref="ArgumentException">The net does not give K columns.</exception>
    public static Sequential<T> Fold<T>(Layer<T> net, IReadOnlyList<TargetScale> scales)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(scales);
        Layer<T>[] layers = net is Sequential<T> sequential ? [.. sequential] : [net];
        int outputs = scales.Count;
        if (layers[^1] is not Dense<T> { Bias: not null } last)
            return new Sequential<T>([.. layers, Dense(outputs, outputs, Matrix<T>.Build.DenseIdentity(outputs), Matrix<T>.Build.Dense(1, outputs), scales)]);
        if (last.Outputs != outputs)
            throw new ArgumentException($"The net gives {last.Outputs} columns, but there are {outputs} targets.", nameof(net));
        return new Sequential<T>([.. layers[..^1], Dense(last.Inputs, outputs, last.Weight.Value, last.Bias!.Value, scales)]);
    }

    /// <summary>The data with its targets in their own units.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="dataset">Data with standardised targets.</param>
    /// <param name="scales">The units of the K targets.</param>
    /// <returns>A data set that shares the samples.</returns>
    public static Dataset<T> Restore<T>(Dataset<T> dataset, IReadOnlyList<TargetScale> scales)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(scales);
        T[] values = dataset.Targets.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            TargetScale scale = scales[i % scales.Count];
            values[i] = T.CreateSaturating(scale.Mean + (scale.Scale * double.CreateTruncating(values[i])));
        }

        return dataset.WithTargets(Targets<T>.Numbers(values, dataset.Targets.Names));
    }

    private static Dense<T> Dense<T>(int inputs, int outputs, Matrix<T> weight, Matrix<T> bias, IReadOnlyList<TargetScale> scales)
        where T : struct, IFloatingPointIeee754<T>
    {
        Dense<T> folded = new(inputs, outputs, new RandomSource(0));
        folded.Weight.Assign(Matrix<T>.Build.Dense(inputs, outputs, (row, column) => T.CreateTruncating(double.CreateTruncating(weight[row, column]) * scales[column].Scale)));
        folded.Bias!.Assign(Matrix<T>.Build.Dense(1, outputs, (row, column) => T.CreateTruncating((double.CreateTruncating(bias[row, column]) * scales[column].Scale) + scales[column].Mean)));
        return folded;
    }
}
