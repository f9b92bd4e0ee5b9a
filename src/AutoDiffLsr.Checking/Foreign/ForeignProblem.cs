using AutoDiffLsr.Checking.Checks;

namespace AutoDiffLsr.Checking.Foreign;

/// <summary>A function of numbers that knows nothing of tapes, with a gradient that somebody else computes.</summary>
internal sealed class ForeignProblem<TPoint>(Func<TPoint, double[]> function, Func<TPoint, double[], double[][]> vjp, PointForm<TPoint> form, double[][] at)
    : Problem(form.Slots, at)
    where TPoint : class
{
    public override double Rounding => form.Rounding;

    public override string OutputEntry(int index) => index == 0 ? "the value" : $"output [{index}]";

    public override Sample Evaluate(double[][] point) => new(function(form.Make(point)), 0, 0);

    public override Sample Near(double[][] point)
    {
        try
        {
            return Evaluate(point);
        }
        catch (Exception exception) when (exception is ArgumentException or ArithmeticException)
        {
            return Sample.None(1);
        }
    }

    public override double[][] Vjp(double[] cotangent) => vjp(form.Make(At), cotangent);
}
