using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>Fills y from a and b, entry by entry; all three have the same length.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public delegate void BinaryKernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    where T : struct, IFloatingPointIeee754<T>;

/// <summary>The rule of y = f(x): dx, of the shape of x, from x, y and dy, written in operations.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public delegate Variable<T> UnaryVjp<T>(Variable<T> x, Variable<T> y, Variable<T> dy)
    where T : struct, IFloatingPointIeee754<T>;

/// <summary>The rule of y = f(x; argument).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TArgument">What f needs besides x.</typeparam>
public delegate Variable<T> UnaryVjp<T, TArgument>(Variable<T> x, Variable<T> y, Variable<T> dy, TArgument argument)
    where T : struct, IFloatingPointIeee754<T>;

/// <summary>The rule of y = f(a, b) for one of the two: da or db from a, b, y and dy, written in operations.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public delegate Variable<T> BinaryVjp<T>(Variable<T> a, Variable<T> b, Variable<T> y, Variable<T> dy)
    where T : struct, IFloatingPointIeee754<T>;

/// <summary>The rule of y = f(a, b; argument) for one of the two.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TArgument">What f needs besides a and b.</typeparam>
public delegate Variable<T> BinaryVjp<T, TArgument>(Variable<T> a, Variable<T> b, Variable<T> y, Variable<T> dy, TArgument argument)
    where T : struct, IFloatingPointIeee754<T>;

/// <summary>The rule of y = f(x1, x2, ...) for the input of the given index, counted from 0.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public delegate Variable<T> NaryVjp<T>(int index, ReadOnlySpan<Variable<T>> inputs, Variable<T> y, Variable<T> dy)
    where T : struct, IFloatingPointIeee754<T>;

/// <summary>The rule of y = f(x1, x2, ...; argument) for the input of the given index, counted from 0.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TArgument">What f needs besides its inputs.</typeparam>
public delegate Variable<T> NaryVjp<T, TArgument>(int index, ReadOnlySpan<Variable<T>> inputs, Variable<T> y, Variable<T> dy, TArgument argument)
    where T : struct, IFloatingPointIeee754<T>;
