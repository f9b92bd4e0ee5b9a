#:project ../../src/AutoDiffLsr.Checking.FsCheck/AutoDiffLsr.Checking.FsCheck.csproj
using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

// An operation: a property of random inputs, in one line.
Console.WriteLine($"swish: {GradientProperty.Of(Mine.Swish, Mine.Swish).Check().Passed} cases passed");

// A layer, at random parameters and inputs.
Console.WriteLine($"scale: {GradientProperty.Of(new Scale<double>(3)).Check().Passed} cases passed");

// A loss, by the same kit: a function of the logits.
var logits = Matrix<double>.Build.Dense(4, 3, (i, j) => Math.Sin((3 * i) + j));
Console.WriteLine($"focal: {GradientCheck.Check(z => new Focal().Compute(z, [0, 1, 2, 0]), logits).Outcome}");

// The same operation with an error: the report.
try
{
    GradientProperty.Of(Mine.WrongSwish, Mine.WrongSwish).Check();
}
catch (GradientCheckException exception)
{
    Console.WriteLine(exception.Message);
}

static class Mine
{
    // y = x·σ(x).  dx = (y + σ(x)·(1 - y))·dy
    public static Variable<T> Swish<T>(Variable<T> x) where T : struct, IFloatingPointIeee754<T> => Operation.Elementwise("swish", x,
        forward: static (x, y) => { TensorPrimitives.Sigmoid(x, y); TensorPrimitives.Multiply(y, x, y); },
        vjp: static (x, y, dy) => dy * (y + (x.Sigmoid() * (1 - y))));

    // The same rule with one y forgotten.
    public static Variable<T> WrongSwish<T>(Variable<T> x) where T : struct, IFloatingPointIeee754<T> => Operation.Elementwise("swish", x,
        forward: static (x, y) => { TensorPrimitives.Sigmoid(x, y); TensorPrimitives.Multiply(y, x, y); },
        vjp: static (x, y, dy) => dy * x.Sigmoid() * (1 - y));
}

sealed class Scale<T>(int columns) : Layer<T> where T : struct, IFloatingPointIeee754<T>
{
    private readonly Parameter<T> factor = new("factor", Matrix<T>.Build.Dense(1, columns, T.One));
    public override string Description => $"Scale({columns})";
    public override IReadOnlyList<Parameter<T>> Parameters => [factor];
    public override int? InputColumns => columns;
    public override Variable<T> Forward(Variable<T> x) => x * x.Tape.Parameter(factor);
}

sealed class Focal : ClassificationLoss
{
    public override string Name => "focal";
    protected override Variable<T> Rows<T>(Variable<T> logits, int[] labels) =>
        logits.LogSoftmax().GatherByLabel(labels) is var logP ? -((1 - logP.Exp()).Square() * logP) : default;
}
