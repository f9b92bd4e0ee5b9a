using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>Every input and parameter has a gradient of its own shape.</summary>
internal sealed class GradientShapeCheck : ICheck
{
    public CheckKind Kind => CheckKind.GradientShape;

    public CheckResult Run(CheckContext context, RandomSource random)
    {
        Workbench<double> bench = context.Bench;
        bench.Start(context.At);
        Variable<double>[] x = bench.PutInputs();
        Variable<double> y = bench.Apply(x);
        Gradients<double> gradients = bench.Tape.Gradients(y, bench.WithParameters(x), cotangent: bench.Cotangent(context.Cotangent(random), y.Shape));
        for (int s = 0; s < gradients.Count; s++)
        {
            Slot slot = context.Slots[s];
            if (gradients[s].Shape != slot.Shape)
                return CheckResult.Fail(Kind, double.PositiveInfinity, $"The gradient for {slot.Name} is {gradients[s].Shape}, its value is {slot.Shape}.");
            double[] values = Workbench<double>.Doubles(gradients[s]);
            int index = Array.FindIndex(values, double.IsNaN);
            if (index >= 0)
                return CheckResult.Fail(Kind, double.PositiveInfinity, $"The gradient for {slot.Name} is NaN at entry {slot.Entry(index)}.");
        }

        return CheckResult.Pass(Kind);
    }
}
