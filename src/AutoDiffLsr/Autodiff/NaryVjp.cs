using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>The gradient of one input of an operation that takes any number of them, written in operations.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TArgument">What the operation needs besides its inputs.</typeparam>
/// <param name="index">Which input, counted from 0.</param>
/// <param name="inputs">All inputs.</param>
/// <param name="y">The output.</param>
/// <param name="dy">Its gradient.</param>
/// <param name="argument">What the operation needs besides its inputs.</param>
/// <returns>The gradient of the input, of its shape.</returns>
public delegate Variable<T> NaryVjp<T, TArgument>(int index, ReadOnlySpan<Variable<T>> inputs, Variable<T> y, Variable<T> dy, TArgument argument)
    where T : struct, IFloatingPointIeee754<T>;
