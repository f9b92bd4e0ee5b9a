using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Numerics;

/// <summary>Numbers that must be saved and restored besides the parameters: running statistics of a layer, moments of an optimizer.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">What it is called in files, such as "running_mean".</param>
/// <param name="Value">The live dense matrix, not a copy: to restore, copy into it.</param>
public sealed record NamedTensor<T>(string Name, Matrix<T> Value)
    where T : struct, IFloatingPointIeee754<T>;
