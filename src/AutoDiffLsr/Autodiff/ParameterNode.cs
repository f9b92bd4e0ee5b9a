using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of a parameter: its value as it was when the forward pass read it.</summary>
internal sealed class ParameterNode<T> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private int version;

    public Parameter<T> Parameter { get; private set; } = null!;

    public void Follow(Parameter<T> followed) => (Parameter, version) = (followed, followed.Version);

    public void CheckUnchanged()
    {
        if (Parameter.Version != version)
        {
            throw new InvalidOperationException(
                $"Parameter '{Parameter.Name}' ({Parameter.Shape}) was changed between the forward pass and the gradient (version {version}, now {Parameter.Version}): "
                + "take the gradient first, then step the optimizer.");
        }
    }
}
