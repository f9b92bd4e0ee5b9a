namespace AutoDiffLsr.Checking.Checks;

/// <summary>The function itself, against its VJP.</summary>
internal sealed class FirstOrder(Workbench<double> bench, IReadOnlyList<Slot> slots, double[][] at) : Problem(slots, at)
{
    public override string OutputEntry(int index) => $"output {new Slot("output", bench.OutputShape).Entry(index)}";

    public override Sample Evaluate(double[][] point) => bench.Evaluate(point);

    public override Sample Near(double[][] point)
    {
        try
        {
            return bench.Evaluate(point);
        }
        catch (Exception exception) when (exception is ArgumentException or ArithmeticException)
        {
            return Sample.None(bench.OutputShape.Count);
        }
    }

    public override double[][] Vjp(double[] cotangent) => bench.Vjp(At, cotangent);
}
