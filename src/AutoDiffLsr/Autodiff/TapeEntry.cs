using System.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>A line of the Wengert list, for pictures and for people who look into a computation.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Variable">What was computed or put on the tape: its name, shape and value.</param>
/// <param name="Inputs">What it was computed from, constants included; nothing for a variable or parameter.</param>
public sealed record TapeEntry<T>(Variable<T> Variable, IReadOnlyList<Variable<T>> Inputs)
    where T : struct, IFloatingPointIeee754<T>;
