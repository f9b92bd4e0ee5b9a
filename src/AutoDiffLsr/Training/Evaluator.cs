using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Training;

/// <summary>
/// Runs a model over data in evaluation mode, with nothing recorded, batch by batch: memory is that of one batch. For one thread at a time; several threads
/// may evaluate one model that is in evaluation mode already, each with an evaluator of its own.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[SuppressMessage("Reliability", "CA1001", Justification = "A tape holds managed memory only, which goes with the evaluator.")]
public sealed class Evaluator<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Layer<T> model;
    private readonly BatchLoss<T>? loss;
    private readonly int batchSize;
    private readonly ForwardPass<T> pass;
    private Batches<T>? batches;

    /// <summary>An evaluator of a model.</summary>
    /// <param name="model">Gives a column for each class or target of the data.</param>
    /// <param name="loss">The loss reported as <see cref="Evaluation.Loss"/>; null to skip it.</param>
    /// <param name="batchSize">How many samples go through the model at once; it changes the speed and the memory, not the result.</param>
    /// <exception cref="ArgumentException">The loss has <see cref="Reduction.None"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public Evaluator(Layer<T> model, Loss? loss = null, int batchSize = 256)
        : this(model, loss is null ? null : new BatchLoss<T>(loss), batchSize)
    {
    }

    /// <summary>An evaluator of a model with a loss that is a function of output and batch.</summary>
    /// <param name="model">Gives what the function takes; there are metrics where its width is that of the targets.</param>
    /// <param name="loss">The loss reported as <see cref="Evaluation.Loss"/>, as a mean over the rows.</param>
    /// <param name="batchSize">How many samples go through the model at once.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public Evaluator(Layer<T> model, LossFunction<T> loss, int batchSize = 256)
        : this(model, new BatchLoss<T>(loss), batchSize)
    {
    }

    internal Evaluator(Layer<T> model, BatchLoss<T>? loss, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (this.model, this.loss, this.batchSize, pass) = (model, loss, batchSize, new ForwardPass<T>(model));
    }

    /// <summary>All metrics of the model on some data. The modes of its layers are as before afterwards.</summary>
    /// <param name="dataset">Of the model's width; the model's output must fit its targets, and the loss must take them.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public Evaluation Evaluate(Dataset<T> dataset, CancellationToken cancellation = default)
    {
        Evaluation evaluation = Evaluation.For(dataset, CheckedColumns(model, dataset, loss), loss?.IgnoredLabel);
        ForEachBatch(dataset, (output, batch) => Add(output, batch, evaluation), cancellation);
        return evaluation;
    }

    /// <summary>What the model gives for each sample of some data. The modes of its layers are as before afterwards.</summary>
    /// <param name="dataset">Of the model's width; its targets play no part.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <returns>N x the model's columns, in the order of the data.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public Matrix<T> Outputs(Dataset<T> dataset, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Matrix<T> outputs = Matrix<T>.Build.Dense(dataset.Count, model.OutputColumns(dataset.Features));
        int row = 0;
        ForEachBatch(dataset, (output, _) =>
        {
            outputs.SetSubMatrix(row, 0, output.Value);
            row += output.Rows;
        }, cancellation);
        return outputs;
    }

    /// <summary>The columns that the model gives for samples of the data, which fit its targets and the loss.</summary>
    internal static int CheckedColumns(Layer<T> model, Dataset<T> dataset, BatchLoss<T>? loss)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int columns = model.OutputColumns(dataset.Features);
        loss?.Check(dataset, columns);
        if (dataset.Fits(columns) || loss is { TakesAnyOutput: true })
            return columns;
        string targets = dataset.Targets.Kind == TargetKind.Input ? $"{dataset.Features} features to give back" : dataset.Targets.ToString();
        throw new ArgumentException($"The model gives {columns} columns, but '{dataset.Name}' has {targets}; it needs a column for each.", nameof(dataset));
    }

    private void ForEachBatch(Dataset<T> dataset, Action<Variable<T>, Batch<T>> use, CancellationToken cancellation)
    {
        if (!ReferenceEquals(batches?.Dataset, dataset))
            batches = new Batches<T>(dataset, Math.Min(batchSize, dataset.Count));
        using IDisposable mode = model.EvaluationMode();
        try
        {
            foreach (Batch<T> batch in batches)
            {
                cancellation.ThrowIfCancellationRequested();
                use(pass.Run(batch.Features), batch);
            }
        }
        finally
        {
            pass.Clear();
        }
    }

    private void Add(Variable<T> output, Batch<T> batch, Evaluation evaluation)
    {
        evaluation.Add(output.Value, batch);
        if (loss is null)
            return;
        double value = double.CreateTruncating(loss.Compute(output, batch).Scalar);
        evaluation.AddLoss(loss.Total(value, batch), loss.Weight(batch));
    }
}
