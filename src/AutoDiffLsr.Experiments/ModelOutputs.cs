using System.Numerics;
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
    /// <summary>Runs the model.</summary>
    /// <param name="model">Its last layer gives logits.</param>
    /// <param name="dataset">Samples of the model's width.</param>
    /// <returns>The outputs, in the order of the data.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public static ModelOutputs<T> Of(Sequential<T> model, Dataset<T> dataset)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        if (model.Count == 1)
            return new ModelOutputs<T>(dataset.Labels, new Evaluator<T>(model).Outputs(dataset), Features: null);
        Matrix<T> features = new Evaluator<T>(new Sequential<T>([.. model.SkipLast(1)])).Outputs(dataset);
        return new ModelOutputs<T>(dataset.Labels, model[^1].Predict(features), features);
    }
}
