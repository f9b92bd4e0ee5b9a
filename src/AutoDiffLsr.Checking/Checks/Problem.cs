namespace AutoDiffLsr.Checking.Checks;

/// <summary>A function whose derivative is to be compared with its VJP at one point.</summary>
internal abstract class Problem
{
    protected Problem(IReadOnlyList<Slot> slots, double[][] at) => (Slots, At) = (slots, at);

    /// <summary>What the function depends on.</summary>
    public IReadOnlyList<Slot> Slots { get; }

    /// <summary>The point.</summary>
    public double[][] At { get; }

    /// <summary>The rounding of the type that the function computes in.</summary>
    public virtual double Rounding => Numerical.Rounding.Double;

    /// <summary>"[1, 2]" of an output's place.</summary>
    public abstract string OutputEntry(int index);

    public abstract Sample Evaluate(double[][] point);

    /// <summary>The same at a point that the caller did not choose, where a function may also refuse its inputs: it is not finite there.</summary>
    public virtual Sample Near(double[][] point) => Evaluate(point);

    /// <summary>The gradients of ⟨cotangent, f⟩ at the point, one for each slot.</summary>
    public abstract double[][] Vjp(double[] cotangent);

    public Sample EvaluateAt() => Evaluate(At);
}
