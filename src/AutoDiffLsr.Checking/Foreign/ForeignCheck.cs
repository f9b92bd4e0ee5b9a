using AutoDiffLsr.Checking.Checks;
using AutoDiffLsr.Checking.Numerical;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Checking.Foreign;

/// <summary>Checks a gradient that somebody else computes, at order 1: the same verdicts and texts as for a function on a tape, for what applies.</summary>
internal sealed class ForeignCheck<TPoint>
    where TPoint : class
{
    /// <summary>What float can confirm at best: a derivative to a share of 1e-2, and the rounding of the gradient itself.</summary>
    private const double SingleInconclusiveAbove = 1e-2, SingleRelativeTolerance = 1e-5, SingleAbsoluteTolerance = 1e-6;

    private readonly string name;
    private readonly Func<TPoint, double> function;
    private readonly Func<TPoint, TPoint> gradient;
    private readonly PointForm<TPoint> form;
    private readonly double[][] at;
    private readonly CheckOptions options;
    private readonly ForeignProblem<TPoint> problem;

    public ForeignCheck(string name, Func<TPoint, double> function, Func<TPoint, TPoint> gradient, PointForm<TPoint> form, TPoint at, CheckOptions? options)
    {
        (this.name, this.function, this.gradient, this.form, this.at) = (name, function, gradient, form, form.Read(at));
        this.options = Suited((options ?? new CheckOptions()) with { Order = 1 }, form.Rounding);
        problem = new(x => [function(x)], (x, cotangent) => Scaled(gradient(x), cotangent[0]), form, this.at);
    }

    public CheckReport Run()
    {
        RandomSource random = new(options.Seed);
        function(form.Make(at));
        (CheckKind Kind, Func<RandomSource, CheckResult> Run)[] checks =
        [
            (CheckKind.Determinism, _ => Determinism()),
            (CheckKind.Value, _ => Value()),
            (CheckKind.GradientShape, _ => GradientShape()),
            (CheckKind.Derivative, draws => new DerivativeComparison(problem, options, CheckKind.Derivative).Run(draws)),
            (CheckKind.Repeatability, _ => Repeatability()),
            (CheckKind.InputsUnchanged, _ => InputsUnchanged()),
        ];
        List<CheckResult> results = [];
        foreach ((CheckKind kind, Func<RandomSource, CheckResult> run) in checks.Where(check => options.Includes(check.Kind)))
        {
            CheckResult result = Caught(kind, run, random.Fork(kind.ToString()));
            results.Add(result);
            if (result.Outcome > CheckOutcome.Kink && kind < CheckKind.Derivative)
                break;
        }

        return new CheckReport(name, results, options, form.Slots, at);
    }

    private static CheckOptions Suited(CheckOptions options, double rounding) => rounding == Rounding.Double ? options : options with
    {
        InconclusiveAbove = Math.Max(options.InconclusiveAbove, SingleInconclusiveAbove),
        RelativeTolerance = Math.Max(options.RelativeTolerance, SingleRelativeTolerance),
        AbsoluteTolerance = Math.Max(options.AbsoluteTolerance, SingleAbsoluteTolerance),
    };

    private static CheckResult Caught(CheckKind kind, Func<RandomSource, CheckResult> run, RandomSource random)
    {
        try
        {
            return run(random);
        }
        catch (Exception exception) when (GradientCheck.IsOrdinary(exception))
        {
            return CheckResult.Fail(kind, double.PositiveInfinity, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private CheckResult Determinism()
    {
        double first = function(form.Make(at)), second = function(form.Make(at));
        return first.Equals(second) ? CheckResult.Pass(CheckKind.Determinism) : CheckResult.Fail(
            CheckKind.Determinism,
            double.PositiveInfinity,
            $"The function is not deterministic: at the same point, it was {first:G17} and then {second:G17}. A random function has no gradient to check: fix its seed.");
    }

    private CheckResult Value()
    {
        double value = function(form.Make(at));
        return double.IsFinite(value) ? CheckResult.Pass(CheckKind.Value) : CheckResult.Fail(
            CheckKind.Value,
            double.PositiveInfinity,
            $"The value is {value}: a gradient can only be checked where the function is finite. Move the inputs into its domain.") with
        { IsOutsideDomain = true };
    }

    private CheckResult GradientShape()
    {
        if (gradient(form.Make(at)) is not { } made)
            return CheckResult.Fail(CheckKind.GradientShape, double.PositiveInfinity, "The gradient is null.");
        double[][] numbers = form.Read(made);
        if (numbers.Length != at.Length)
            return CheckResult.Fail(CheckKind.GradientShape, double.PositiveInfinity, $"There are {numbers.Length} gradients for {at.Length} inputs.");
        for (int s = 0; s < at.Length; s++)
        {
            if (numbers[s].Length == at[s].Length)
                continue;
            string wrong = form.Slots[s].IsVector ? $"has {numbers[s].Length} entries, the input {at[s].Length}" : $"has another shape than the input, which is {form.Slots[s].Shape}";
            return CheckResult.Fail(CheckKind.GradientShape, double.PositiveInfinity, $"The gradient for {form.Slots[s].Name} {wrong}.");
        }

        return new NotFiniteGradient(problem, options, CheckKind.GradientShape).Judge(numbers, [1]) ?? CheckResult.Pass(CheckKind.GradientShape);
    }

    private CheckResult Repeatability()
    {
        double[][] first = form.Read(gradient(form.Make(at))), second = form.Read(gradient(form.Make(at)));
        return Difference(first, second) is not { } place ? CheckResult.Pass(CheckKind.Repeatability) : CheckResult.Fail(
            CheckKind.Repeatability,
            double.PositiveInfinity,
            $"The gradient for {Place(place)} is {first[place.Slot][place.Index]:G17} the first time and {second[place.Slot][place.Index]:G17} the second.");
    }

    private CheckResult InputsUnchanged()
    {
        TPoint point = form.Make(at);
        function(point);
        string by = "the function";
        if (Difference(at, form.Read(point)) is null)
        {
            gradient(point);
            by = "the gradient";
        }

        double[][] after = form.Read(point);
        return Difference(at, after) is not { } place ? CheckResult.Pass(CheckKind.InputsUnchanged) : CheckResult.Fail(
            CheckKind.InputsUnchanged,
            double.PositiveInfinity,
            $"{Place(place)} was changed by {by}, from {at[place.Slot][place.Index]:G17} to {after[place.Slot][place.Index]:G17}.");
    }

    private static (int Slot, int Index)? Difference(double[][] a, double[][] b)
    {
        for (int s = 0; s < a.Length; s++)
        {
            for (int i = 0; i < a[s].Length; i++)
            {
                if (!a[s][i].Equals(b[s][i]))
                    return (s, i);
            }
        }

        return null;
    }

    private string Place((int Slot, int Index) place) => $"{form.Slots[place.Slot].Name}, entry {form.Slots[place.Slot].Entry(place.Index)},";

    private double[][] Scaled(TPoint made, double factor) => [.. form.Read(made).Select(slot => Array.ConvertAll(slot, value => factor * value))];
}
