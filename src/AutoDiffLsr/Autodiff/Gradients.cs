using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// The gradients of one sweep, by what they belong to. They are values: nothing accumulates from sweep to sweep, and nothing needs to be zeroed.
/// Valid until the tape is reset.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Gradients<T> : IGradientSource<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private Variable<T>[] gradients = [];
    private Variable<T>[] owners = [];

    internal Gradients()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => gradients.Length;

    /// <summary>A gradient by its place in what was asked for.</summary>
    /// <param name="index">Counted from 0.</param>
    public Variable<T> this[int index] => gradients[index];

    /// <summary>The gradient of a variable.</summary>
    /// <param name="variable">A variable that was asked for.</param>
    /// <returns>The gradient, of the variable's shape.</returns>
    /// <exception cref="ArgumentException">Its gradient was not asked for.</exception>
    public Variable<T> this[Variable<T> variable]
    {
        get
        {
            int index = Array.IndexOf(owners, variable);
            return index >= 0 ? gradients[index] : throw new ArgumentException($"The gradient of {variable} was not asked for in this sweep.", nameof(variable));
        }
    }

    /// <summary>The gradient of a parameter.</summary>
    /// <param name="parameter">A parameter that was asked for.</param>
    /// <returns>The gradient, of the parameter's shape.</returns>
    /// <exception cref="ArgumentException">Its gradient was not asked for.</exception>
    public Variable<T> this[Parameter<T> parameter]
    {
        get
        {
            foreach (Variable<T> owner in owners)
            {
                if (owner.Node is ParameterNode<T> node && ReferenceEquals(node.Parameter, parameter))
                    return this[owner];
            }

            throw new ArgumentException($"The gradient of parameter '{parameter?.Name}' was not asked for in this sweep.", nameof(parameter));
        }
    }

    /// <summary>The gradient of a parameter that is probably the one at <paramref name="likely"/>, as in an optimizer's own order.</summary>
    internal Variable<T> Of(Parameter<T> parameter, int likely) =>
        (uint)likely < (uint)owners.Length && owners[likely].Node is ParameterNode<T> node && ReferenceEquals(node.Parameter, parameter)
            ? gradients[likely]
            : this[parameter];

    ReadOnlySpan<T> IGradientSource<T>.Of(Parameter<T> parameter, int likely) => Of(parameter, likely).Value.Data();

    internal Variable<T>[] MakeRoom(ReadOnlySpan<Node<T>> wrt)
    {
        if (gradients.Length != wrt.Length)
            (gradients, owners) = (new Variable<T>[wrt.Length], new Variable<T>[wrt.Length]);
        for (int i = 0; i < wrt.Length; i++)
            owners[i] = new Variable<T>(wrt[i]);
        return gradients;
    }
}
