using System.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>Makes a <see cref="Sequential{T}"/> from layers in brackets.</summary>
public static class Sequential
{
    /// <summary>Layers one after the other.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="layers">At least one.</param>
    /// <returns>The model.</returns>
    public static Sequential<T> Create<T>(ReadOnlySpan<Layer<T>> layers)
        where T : struct, IFloatingPointIeee754<T> => new(layers);
}
