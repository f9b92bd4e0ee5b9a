using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The record of a parameter: its value as it was when the forward pass read it.</summary>
internal sealed class ParameterNode<T> : Node<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private int version;

    public Parameter<T> Parameter { get; private set; } = null!;

    /// <summary>The record of the same parameter before it was changed, if it is on the same list: a loss of that time needs the value of that time.</summary>
    public ParameterNode<T>? Earlier { get; private set; }

    /// <summary>Whether the same list has a record of the same parameter after a change.</summary>
    public bool IsFollowed { get; private set; }

    public bool IsCurrent => Parameter.Version == version;

    public void Follow(Parameter<T> parameter, ParameterNode<T>? earlier)
    {
        (Parameter, version, Earlier, IsFollowed) = (parameter, parameter.Version, earlier, false);
        if (earlier is not null)
            earlier.IsFollowed = true;
    }

    protected override void CompareWithRecord()
    {
        if (!IsCurrent)
        {
            throw new InvalidOperationException(
                $"Parameter '{Parameter.Name}' ({Parameter.Shape}) was changed between the forward pass and the gradient (version {version}, now {Parameter.Version}): "
                + (IsFollowed
                    ? "the tape holds it as it was before that step and as it is now, and this loss needs the earlier one. tape.Reset() at the start of each step is missing, or take the gradient of the earlier loss first."
                    : "take the gradient first, then step the optimizer; in a loop, begin each step with tape.Reset() and put the parameter on the tape again."));
        }

        base.CompareWithRecord();
    }
}
