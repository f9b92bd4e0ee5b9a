using System.Numerics;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Training;

/// <summary>A copy of what a model computes with: its parameters and running statistics. Made once, taken as often as needed.</summary>
internal sealed class WeightSnapshot<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly IReadOnlyList<NamedParameter<T>> parameters;
    private readonly IReadOnlyList<NamedTensor<T>> buffers;

    public WeightSnapshot(Layer<T> model)
    {
        (parameters, buffers) = (model.NamedParameters(), model.NamedBuffers());
        Tensors =
        [
            .. parameters.Select(named => new NamedTensor<T>(named.Name, named.Parameter.Value.Clone())),
            .. buffers.Select(named => new NamedTensor<T>(named.Name, named.Value.Clone())),
        ];
    }

    /// <summary>The copies, under the names of the model.</summary>
    public IReadOnlyList<NamedTensor<T>> Tensors { get; }

    /// <summary>Copies from the model.</summary>
    public void Take()
    {
        for (int i = 0; i < parameters.Count; i++)
            parameters[i].Parameter.Value.CopyTo(Tensors[i].Value);
        for (int i = 0; i < buffers.Count; i++)
            buffers[i].Value.CopyTo(Tensors[parameters.Count + i].Value);
    }

    /// <summary>Copies back into the model.</summary>
    public void Restore()
    {
        for (int i = 0; i < parameters.Count; i++)
            parameters[i].Parameter.Assign(Tensors[i].Value);
        for (int i = 0; i < buffers.Count; i++)
            Tensors[parameters.Count + i].Value.CopyTo(buffers[i].Value);
    }

    /// <summary>Whether all parameters of the model are finite numbers now.</summary>
    public bool ModelIsFinite()
    {
        foreach (NamedParameter<T> named in parameters)
        {
            foreach (T value in named.Parameter.Data)
            {
                if (!T.IsFinite(value))
                    return false;
            }
        }

        return true;
    }
}
