using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Nets;

/// <summary>Whole numbers from 0 to below a count in place of whatever comes in, which gets no gradient: something for an embedding to look up.</summary>
internal sealed class Indices<T>(int count) : Layer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    public override string Description => $"Indices below {count}";

    public override Variable<T> Forward(Variable<T> x) =>
        x.Tape.Constant(Matrix<T>.Build.Dense(x.Rows, x.Columns, (row, column) => T.CreateTruncating(((row * 2) + column) % count)));
}
