using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Training;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments;

/// <summary>What a model makes of each sample of some data, in evaluation mode.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Labels">N labels, those of the data.</param>
/// <param name="Logits">N x C.</param>
/// <param name="Features">N x width: the input of the last layer; null for a model of one layer, which has no hidden one.</param>
public sealed record ModelOutputs<T>(int[] Labels, Matrix<T> Logits, Matrix<T>? Features)
    where T : struct, IFloatingPointIeee754<T>
{
    private const int BatchSize = 256;

    /// <summary>Runs the model.</summary>
    /// <param name="model">Its last layer gives logits.</param>
    /// <param name="dataset">Samples of the model's width.</param>
    /// <returns>The outputs, in the order of the data.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public static ModelOutputs<T> Of(Sequential<T> model, Dataset<T> dataset)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        int classes = model.OutputColumns(dataset.Features);
        Matrix<T> logits = Matrix<T>.Build.Dense(dataset.Count, classes);
        Matrix<T>? features = null;
        using IDisposable mode = model.EvaluationMode();
        using Tape<T> tape = new();
        using RecordingScope<T> recording = tape.NoRecording();
        int row = 0;
        foreach (Batch<T> batch in new Batches<T>(dataset, Math.Min(BatchSize, dataset.Count)))
        {
            tape.Reset();
            Variable<T> x = tape.Constant(batch.Features);
            for (int i = 0; i < model.Count - 1; i++)
                x = model[i].Forward(x);
            if (model.Count > 1)
                (features ??= Matrix<T>.Build.Dense(dataset.Count, x.Columns)).SetSubMatrix(row, 0, x.Value);
            logits.SetSubMatrix(row, 0, model[^1].Forward(x).Value);
            row += batch.Labels.Length;
        }

        return new ModelOutputs<T>(dataset.Labels, logits, features);
    }
}
