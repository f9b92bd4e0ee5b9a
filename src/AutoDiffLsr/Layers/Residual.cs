using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>A layer and its shortcut: y = body(x) + shortcut(x), where the shortcut is x itself unless given (He et al. 2016, arXiv 1512.03385).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Residual<T> : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Layer<T>[] children;

    /// <summary>A layer with a way past it.</summary>
    /// <param name="body">The layer; it is child 0.</param>
    /// <param name="shortcut">What changes the width for the way past it, such as a convolution of kernel 1; it is child 1. None: x itself is added.</param>
    /// <exception cref="ArgumentException">The widths of the two differ.</exception>
    public Residual(Layer<T> body, Layer<T>? shortcut = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        (Body, Shortcut) = (body, shortcut);
        children = shortcut is null ? [body] : [body, shortcut];
        for (int i = 0; i < children.Length; i++)
            (children[i].Container, children[i].PlaceInContainer) = (this, i);
        Parameters = [.. children.SelectMany(layer => layer.Parameters).Distinct()];
        OutputImage(InputImage);
        if (InputColumns is { } columns)
            OutputColumns(columns);
    }

    /// <summary>The layer.</summary>
    public Layer<T> Body { get; }

    /// <summary>What x goes through on the way past it; null if it is added as it is.</summary>
    public Layer<T>? Shortcut { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer<T>> Children => children;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <inheritdoc/>
    public override int? InputColumns => Body.InputColumns ?? Shortcut?.InputColumns;

    /// <inheritdoc/>
    public override ImageShape? InputImage => Body.InputImage ?? Shortcut?.InputImage;

    /// <inheritdoc/>
    public override int MinimumTrainingRows => children.Max(layer => layer.MinimumTrainingRows);

    /// <inheritdoc/>
    public override string Description => $"Residual of {Body.Description}{(Shortcut is null ? "" : $" and {Shortcut.Description}")}";

    /// <inheritdoc/>
    public override int OutputColumns(int inputColumns)
    {
        int body = Body.OutputColumns(inputColumns), shortcut = Shortcut?.OutputColumns(inputColumns) ?? inputColumns;
        return body == shortcut ? body : throw new ArgumentException(
            $"{Description}: of {inputColumns} columns the layer makes {body}, its shortcut {(Shortcut is null ? "(x itself) leaves" : "makes")} {shortcut}; they must be equal.", nameof(inputColumns));
    }

    /// <inheritdoc/>
    public override ImageShape? OutputImage(ImageShape? input)
    {
        ImageShape? body = Body.OutputImage(input), shortcut = Shortcut is null ? input : Shortcut.OutputImage(input);
        return body is null || shortcut is null || body == shortcut ? body ?? shortcut : throw new ArgumentException(
            $"{Description}: the layer makes images of {body}, its shortcut of {shortcut}; they must be equal.", nameof(input));
    }

    /// <inheritdoc/>
    public override Variable<T> Forward(Variable<T> x)
    {
        OutputColumns(x.Columns);
        return Body.Forward(x) + (Shortcut is null ? x : Shortcut.Forward(x));
    }
}
