using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>
/// Layers one after the other: <c>new Sequential&lt;float&gt;(new Dense&lt;float&gt;(784, 128, random), new Relu&lt;float&gt;(), new Dense&lt;float&gt;(128, 10, random))</c>,
/// or the same in brackets, <c>Sequential&lt;float&gt; model = [...]</c>. A Sequential may stand inside another. It does not change once made.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[CollectionBuilder(typeof(Sequential), nameof(Sequential.Create))]
public sealed class Sequential<T> : Layer<T>, IReadOnlyList<Layer<T>>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Layer<T>[] layers;

    /// <summary>Layers one after the other.</summary>
    /// <param name="layers">At least one, the first takes the input; widths that are known must fit.</param>
    /// <exception cref="ArgumentException">There are no layers, one is null, or the widths of two do not fit.</exception>
    public Sequential(params ReadOnlySpan<Layer<T>> layers)
    {
        if (layers.IsEmpty)
            throw new ArgumentException("A Sequential needs at least one layer.", nameof(layers));
        this.layers = layers.ToArray();
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i] is null)
                throw new ArgumentException($"layers[{i}] is null.", nameof(layers));
            (layers[i].Container, layers[i].PlaceInContainer) = (this, i);
        }

        Parameters = [.. this.layers.SelectMany(layer => layer.Parameters).Distinct()];
        InputColumns = Array.Find(this.layers, layer => layer.InputColumns is not null)?.InputColumns;
        MinimumTrainingRows = this.layers.Max(layer => layer.MinimumTrainingRows);
        InputImage = Array.Find(this.layers, layer => layer.InputImage is not null || layer.InputColumns is not null)?.InputImage;
        OutputImage(InputImage);
        if (InputColumns is { } columns)
            OutputColumns(columns);
    }

    /// <summary>The number of layers.</summary>
    public int Count => layers.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer<T>> Children => layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override int? InputColumns { get; }

    /// <inheritdoc/>
    public override ImageShape? InputImage { get; }

    /// <inheritdoc/>
    public override int MinimumTrainingRows { get; }

    /// <inheritdoc/>
    public override string Description => $"Sequential of {Count} layers";

    /// <summary>A layer by its place.</summary>
    /// <param name="index">Counted from 0.</param>
    /// <returns>The layer.</returns>
    public Layer<T> this[int index] => layers[index];

    /// <inheritdoc/>
    public override int OutputColumns(int inputColumns)
    {
        int columns = inputColumns;
        foreach (Layer<T> layer in layers)
            columns = layer.OutputColumns(columns);
        return columns;
    }

    /// <inheritdoc/>
    public override ImageShape? OutputImage(ImageShape? input)
    {
        ImageShape? image = input;
        foreach (Layer<T> layer in layers)
            image = layer.OutputImage(image);
        return image;
    }

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x)
    {
        Variable<T> y = x;
        for (int i = 0; i < layers.Length; i++)
            y = ActivationBehind(i, y.Tape) is { } activation ? ((Dense<T>)layers[i++]).Forward(y, activation) : layers[i].Forward(y);
        return y;
    }

    /// <summary>
    /// Where a dense layer's bias and the activation behind it can be one operation: that operation. While a check notes branches they stay apart, as the
    /// activation alone knows its kink.
    /// </summary>
    private Func<Variable<T>, Variable<T>, Variable<T>>? ActivationBehind(int index, Tape<T> tape) =>
        layers[index] is Dense<T> { Bias: not null } && index + 1 < layers.Length && tape.Branches is null ? layers[index + 1].BehindBias : null;

    /// <summary>The layers in order.</summary>
    /// <returns>The layers.</returns>
    public IEnumerator<Layer<T>> GetEnumerator() => ((IEnumerable<Layer<T>>)layers).GetEnumerator();

    /// <summary>A table of all layers, those of inner Sequentials too, with output shapes and parameter counts.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => LayerTable.Of(this, InputColumns);

    /// <summary><see cref="ToString()"/> for a model whose first layers take any width.</summary>
    /// <param name="inputColumns">The columns of the input.</param>
    /// <returns>Several lines.</returns>
    public string ToString(int inputColumns) => LayerTable.Of(this, inputColumns);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
