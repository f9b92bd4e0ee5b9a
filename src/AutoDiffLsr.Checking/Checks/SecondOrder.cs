using AutoDiffLsr.Autodiff;

namespace AutoDiffLsr.Checking.Checks;

/// <summary>The VJP as a function of inputs, parameters and cotangent, against the VJP of the recorded VJP.</summary>
internal sealed class SecondOrder : Problem
{
    private readonly Workbench<double> bench;

    public SecondOrder(Workbench<double> bench, IReadOnlyList<Slot> slots, double[][] at, double[] cotangent, Shape output)
        : base([.. slots, new Slot("the cotangent", output)], [.. at, cotangent]) => this.bench = bench;

    private int Last => At.Length - 1;

    public override string OutputEntry(int index)
    {
        int slot = 0;
        for (; index >= At[slot].Length; slot++)
            index -= At[slot].Length;
        return $"the gradient of {Slots[slot].Name}, entry {Slots[slot].Entry(index)}";
    }

    public override Sample Evaluate(double[][] point)
    {
        double[][] gradients = bench.Vjp(point[..Last], point[Last]);
        return new([.. gradients.SelectMany(gradient => gradient)], bench.Branches.Hash, bench.Branches.Ties);
    }

    public override double[][] Vjp(double[] cotangent)
    {
        double[][] weights = new double[Last][];
        int start = 0;
        for (int s = 0; s < Last; s++)
        {
            weights[s] = cotangent[start..(start + At[s].Length)];
            start += At[s].Length;
        }

        return bench.VjpOfVjp(At[..Last], At[Last], weights);
    }
}
