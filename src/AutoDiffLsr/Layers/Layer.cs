using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Layers;

/// <summary>A function with parameters, from a batch of samples (N x columns, a sample is a row) to another.</summary>
/// <typeparam name="T"><see cref="float"/> to train, <see cref="double"/> to check.</typeparam>
/// <remarks>
/// <para>A layer of your own overrides <see cref="Forward"/> and <see cref="Description"/>; with parameters also <see cref="Parameters"/>, and where it
/// changes the width also <see cref="OutputColumns"/>. One made of layers overrides
/// <see cref="Children"/>, and <see cref="Parameters"/> to list theirs and its own.</para>
/// <para>In evaluation mode a forward pass changes nothing in the layer: several threads may use it at once, each with its own tape.</para>
/// </remarks>
public abstract class Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>Whether the layer is in training mode, as it is when made: dropout drops, and batch normalization uses and counts the batch.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>One line for people: "Dense 784 -> 128".</summary>
    public abstract string Description { get; }

    /// <summary>What training changes, each once: by default those of the layers inside, in their order.</summary>
    public virtual IReadOnlyList<Parameter<T>> Parameters => Children.Count == 0 ? [] : [.. Children.SelectMany(child => child.Parameters).Distinct()];

    /// <summary>The layer's own numbers that are no parameters and must be saved with it, such as running statistics. Empty by default.</summary>
    public virtual IReadOnlyList<NamedTensor<T>> Buffers => [];

    /// <summary>The layer's own whole numbers that must be saved to go on training later, such as a random state. Empty by default.</summary>
    public virtual IReadOnlyList<NamedCounter> Counters => [];

    /// <summary>The layers inside this one, in order. Empty by default.</summary>
    public virtual IReadOnlyList<Layer<T>> Children => [];

    /// <summary>The number of columns that the layer takes, or null if it takes any.</summary>
    public virtual int? InputColumns => null;

    /// <summary>The image size that the layer takes, or null if it knows none.</summary>
    public virtual ImageShape? InputImage => null;

    /// <summary>The fewest rows of a batch that the layer can be trained on: 1 by default.</summary>
    public virtual int MinimumTrainingRows => 1;

    /// <summary>For an activation: itself behind a bias as one operation, activation(x + bias), where there is such an operation.</summary>
    internal virtual Func<Variable<T>, Variable<T>, Variable<T>>? BehindBias => null;

    /// <summary>The layer that this one is in, for messages.</summary>
    internal Layer<T>? Container { get; set; }

    /// <summary>The place in it, counted from 0.</summary>
    internal int PlaceInContainer { get; set; }

    /// <summary>Computes the layer's output, on the tape of the input.</summary>
    /// <param name="x">N x columns: a sample is a row.</param>
    /// <returns>N x <see cref="OutputColumns"/>.</returns>
    /// <exception cref="ArgumentException">The input has a number of columns that the layer does not take.</exception>
    public abstract Variable<T> Forward(Variable<T> x);

    /// <summary>The number of columns that come out, given the number that goes in.</summary>
    /// <param name="inputColumns">The columns of the input.</param>
    /// <returns>The columns of the output; as many as go in, by default.</returns>
    /// <exception cref="ArgumentException">The layer does not take this number of columns.</exception>
    public virtual int OutputColumns(int inputColumns)
    {
        if (InputColumns is { } expected && expected != inputColumns)
            throw new ArgumentException($"{PlaceText()} takes {expected} columns{(InputImage is { } image ? $" ({image})" : "")}, but its input has {inputColumns}.", nameof(inputColumns));
        return inputColumns;
    }

    /// <summary>The image that comes out when such an image goes in, so that a chain of layers can be checked and printed.</summary>
    /// <param name="input">The image of the input; null if it is none, or not known.</param>
    /// <returns>The image of the output; by default the same where the width stays, and none otherwise.</returns>
    /// <exception cref="ArgumentException">The layer takes images of another size.</exception>
    public virtual ImageShape? OutputImage(ImageShape? input)
    {
        if (input is not { } image)
            return null;
        if (InputImage is { } expected && expected != image)
            throw new ArgumentException($"{PlaceText()} takes images of {expected}, but its input has {image}.", nameof(input));
        return OutputColumns(image.Columns) == image.Columns ? image : null;
    }

    /// <summary>Switches the layer and all layers inside to training mode.</summary>
    public void UseTrainingMode() => SetTraining(true);

    /// <summary>Switches the layer and all layers inside to evaluation mode.</summary>
    public void UseEvaluationMode() => SetTraining(false);

    /// <summary>
    /// Switches the layer and all layers inside to evaluation mode until the result is disposed; then each has the mode that it had:
    /// <c>using (model.EvaluationMode()) { ... }</c>.
    /// </summary>
    /// <returns>Restores the modes when it is disposed.</returns>
    public IDisposable EvaluationMode() => new ModeScope<T>(this);

    /// <summary>The outputs for samples of any number, in evaluation mode and with nothing recorded. The modes of the layers are as before afterwards.</summary>
    /// <param name="features">N x inputs.</param>
    /// <param name="batchSize">How many samples go through the layers at once; it changes the speed and the memory, not the result.</param>
    /// <returns>N x outputs, in memory of its own.</returns>
    /// <exception cref="ArgumentException">The layers take another number of columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public Matrix<T> Predict(Matrix<T> features, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Matrix<T> outputs = Matrix<T>.Build.Dense(features.RowCount, OutputColumns(features.ColumnCount));
        using IDisposable mode = EvaluationMode();
        using ForwardPass<T> pass = new(this);
        for (int row = 0; row < features.RowCount; row += batchSize)
            outputs.SetSubMatrix(row, 0, pass.Run(features.SubMatrix(row, Math.Min(batchSize, features.RowCount - row), 0, features.ColumnCount)).Value);
        return outputs;
    }

    /// <summary>All parameters under their full names, as in PyTorch's <c>state_dict</c>; one that is used in two places has two names.</summary>
    /// <returns>"0.weight", "0.bias", "2.weight", ...</returns>
    public IReadOnlyList<NamedParameter<T>> NamedParameters() =>
        [.. All("").SelectMany(place => place.Layer.OwnParameters().Select(own => new NamedParameter<T>(place.Prefix + own.Name, own)))];

    /// <summary>All <see cref="Buffers"/>, of the layers inside too, under their full names.</summary>
    /// <returns>"1.running_mean", "1.running_var", ...</returns>
    public IReadOnlyList<NamedTensor<T>> NamedBuffers() =>
        [.. All("").SelectMany(place => place.Layer.Buffers.Select(own => new NamedTensor<T>(place.Prefix + own.Name, own.Value)))];

    /// <summary>All <see cref="Counters"/>, of the layers inside too, under their full names.</summary>
    /// <returns>"1.num_batches_tracked", "3.random_state", ...</returns>
    public IReadOnlyList<NamedCounter> NamedCounters() =>
        [.. All("").SelectMany(place => place.Layer.Counters.Select(own => own.Under(place.Prefix)))];

    /// <summary>The number of numbers in all parameters.</summary>
    /// <returns>The count.</returns>
    public long CountParameters() => NamedParameters().Select(named => named.Parameter).Distinct().Sum(parameter => (long)parameter.Shape.Count);

    /// <summary><see cref="Description"/>.</summary>
    public override string ToString() => Description;

    /// <summary>Switches this layer alone, not those inside.</summary>
    internal void SetOwnMode(bool training) => IsTraining = training;

    /// <summary>This layer and all inside it, in order, each with what its names begin with.</summary>
    private IEnumerable<(string Prefix, Layer<T> Layer)> All(string prefix) =>
        Children.SelectMany((child, index) => child.All($"{prefix}{index}.")).Prepend((prefix, this));

    /// <summary>The parameters that no layer inside has. A layer that lists its own must list those of the layers inside too, or they would not be trained.</summary>
    private IEnumerable<Parameter<T>> OwnParameters()
    {
        if (Children.Count == 0)
            return Parameters;
        HashSet<Parameter<T>> listed = [.. Parameters];
        foreach (Layer<T> child in Children)
        {
            if (child.Parameters.FirstOrDefault(parameter => !listed.Contains(parameter)) is { } missing)
            {
                throw new InvalidOperationException(
                    $"'{Description}' lists its Parameters, but leaves out '{missing.Name}' ({missing.Shape}) of its layer '{child.Description}': list those of the Children too, or do not override Parameters.");
            }
        }

        return Parameters.Except(Children.SelectMany(child => child.Parameters));
    }

    private void SetTraining(bool value)
    {
        IsTraining = value;
        foreach (Layer<T> child in Children)
            child.SetTraining(value);
    }

    /// <summary>"Layer 1.0 (Dense 784 -> 128)", or the description alone outside of a container.</summary>
    private string PlaceText()
    {
        if (Container is null)
            return Description;
        string path = $"{PlaceInContainer}";
        for (Layer<T> outer = Container; outer.Container is not null; outer = outer.Container)
            path = $"{outer.PlaceInContainer}.{path}";
        return $"Layer {path} ({Description})";
    }
}
