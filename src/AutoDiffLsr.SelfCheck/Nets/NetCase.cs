using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Checking.Reports;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Nets;

/// <summary>A stack of layers with a loss, or without: its gradients for the samples and all parameters.</summary>
internal sealed class NetCase(Matrix<double> samples, IReadOnlyList<LayerSpec> layers, LossSpec? loss, int seed, bool training, bool isLayerTest) : GradientCase
{
    public override CheckReport Check(CheckOptions options)
    {
        Sequential<double> net = Make<double>();
        Sequential<float> single = Make<float>();
        CheckedFunction function = CheckedFunction.Of(Name(), (_, x) => Run(net, x[0]), (_, x) => Run(single, x[0])).WithParameters(net.Parameters, single.Parameters);
        return GradientCheck.Check(function, [samples], isLayerTest ? options : options with { Kinks = KinkPolicy.Skip });
    }

    public override IEnumerable<GradientCase> Shrink()
    {
        if (loss is not null)
            yield return new NetCase(samples, layers, null, seed, training, isLayerTest);
        for (int i = layers.Count - 1; i >= 0 && layers.Count > 1; i--)
        {
            LayerSpec[] fewer = [.. layers.Where((_, place) => place != i)];
            if (loss is null || Outputs(fewer) == Outputs(layers))
                yield return new NetCase(samples, fewer, loss, seed, training, isLayerTest);
        }

        for (int row = samples.RowCount - 1; row >= 0 && samples.RowCount > 2; row--)
        {
            LossSpec? fewerLabels = loss is null ? null : loss with { Labels = [.. loss.Labels.Where((_, place) => place != row)] };
            yield return new NetCase(samples.RemoveRow(row), layers, fewerLabels, seed, training, isLayerTest);
        }

        for (int column = samples.ColumnCount - 1; column >= 0 && samples.ColumnCount > 1 && (loss is null || Outputs(layers, -1) == Outputs(layers)); column--)
            yield return new NetCase(samples.RemoveColumn(column), layers, loss, seed, training, isLayerTest);
        foreach (Matrix<double>[] simpler in Shrinkers.Values([samples]))
            yield return new NetCase(simpler[0], layers, loss, seed, training, isLayerTest);
    }

    public override string ToString() =>
        $"{Name()} of seed {seed}, {(training ? "training" : "evaluating")}, labels [{(loss is null ? "" : string.Join(", ", loss.Labels))}], samples {MatrixText.Of(new Shape(samples.RowCount, samples.ColumnCount), samples.ToColumnMajorArray())}";

    private static int Outputs(IEnumerable<LayerSpec> layers, int columns) => layers.Aggregate(columns, (width, layer) => layer.Outputs(width));

    private int Outputs(IReadOnlyList<LayerSpec> some) => Outputs(some, samples.ColumnCount);

    private string Name()
    {
        Sequential<double> net = Make<double>();
        return $"{string.Join(" | ", net.Select(layer => layer.Description))}{(loss is null ? "" : $" | {loss}")}";
    }

    private Sequential<T> Make<T>()
        where T : struct, IFloatingPointIeee754<T>
    {
        RandomSource random = new(seed);
        int columns = samples.ColumnCount;
        Layer<T>[] made = new Layer<T>[layers.Count];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = layers[i].Make<T>(columns, random);
            columns = layers[i].Outputs(columns);
        }

        Sequential<T> net = new(made);
        if (!training)
            net.UseEvaluationMode();
        return net;
    }

    /// <summary>The net as a function: a dropout layer draws the same mask each time.</summary>
    private Variable<T> Run<T>(Sequential<T> net, Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        foreach (NamedCounter counter in net.NamedCounters())
            counter.Value = (ulong)seed;
        Variable<T> y = net.Forward(x);
        ClassificationLoss? made = loss?.Make();
        return made is null ? y : made.Compute(y, loss!.Labels);
    }
}
