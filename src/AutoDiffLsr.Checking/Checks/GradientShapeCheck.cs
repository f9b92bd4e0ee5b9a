using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Every input and parameter has a gradient of its own shape, of finite numbers.</summary>
internal sealed class GradientShapeCheck : ICheck
{
    public CheckKind Kind => CheckKind.GradientShape;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        Workbench<double> bench = context.Bench;
        bench.Start(context.At);
        Variable<double>[] x = bench.PutInputs();
        Variable<double> y = bench.Apply(x);
        double[] cotangent = context.Cotangent(random);
        Gradients<double> gradients = bench.Tape.Gradients(y, bench.WithParameters(x), cotangent: bench.Cotangent(cotangent, y.Shape));
        for (int s = 0; s < gradients.Count; s++)
        {
            Slot slot = context.Slots[s];
            if (gradients[s].Shape != slot.Shape)
                return CheckResult.Fail(Kind, double.PositiveInfinity, $"The gradient for {slot.Name} is {gradients[s].Shape}, its value is {slot.Shape}.");
        }

        double[][] values = Workbench<double>.Doubles(gradients);
        FirstOrder problem = new(bench, context.Slots, context.At);
        return new NotFiniteGradient(problem, context.Options, Kind).Judge(values, cotangent) ?? CheckResult.Pass(Kind);
    }
}
