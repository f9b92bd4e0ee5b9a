using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>What a forward pass changes in a layer: running statistics and the states of random masks.</summary>
internal static class LayerState
{
    /// <summary>An action that gives buffers and counters the values that they have now.</summary>
    public static Action Remember<T>(Layer<T> layer)
        where T : struct, IFloatingPointIeee754<T>
    {
        List<Action> restore = [];
        foreach (NamedTensor<T> buffer in layer.NamedBuffers())
        {
            Matrix<T> value = buffer.Value.Clone();
            restore.Add(() => value.CopyTo(buffer.Value));
        }

        foreach (NamedCounter counter in layer.NamedCounters())
        {
            ulong value = counter.Value;
            restore.Add(() => counter.Value = value);
        }

        return () => restore.ForEach(static one => one());
    }

    /// <summary>The full names of a layer's parameters: "0.weight".</summary>
    public static Dictionary<Parameter<double>, string> NamesOf(Layer<double> layer)
    {
        Dictionary<Parameter<double>, string> names = [];
        foreach (NamedParameter<double> named in layer.NamedParameters())
            names.TryAdd(named.Parameter, named.Name);
        return names;
    }
}
