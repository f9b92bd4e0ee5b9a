using System.Numerics;
using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking;

/// <summary>A function of variables to a variable, of any shapes, computed on a tape.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="tape">The tape; take parameters from it with <see cref="Tape{T}.Parameter"/>.</param>
/// <param name="inputs">The inputs, in the order in which the check was given them.</param>
public delegate Variable<T> TapeFunction<T>(Tape<T> tape, IReadOnlyList<Variable<T>> inputs)
    where T : struct, IFloatingPointIeee754<T>;
