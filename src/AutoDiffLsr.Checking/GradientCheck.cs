using System.Runtime.CompilerServices;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.Checks;
using AutoDiffLsr.Checking.Reports;
using AutoDiffLsr.Layers;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking;

/// <summary>
/// Checks that a function's gradient is its derivative, and that its VJP keeps its other promises (see <see cref="CheckKind"/>).
/// </summary>
/// <example><code>GradientCheck.Check(x =&gt; x.Tanh() * x, matrix).ThrowIfFailed();</code></example>
public static partial class GradientCheck
{
    private static readonly ICheck[] Checks =
    [
        new DeterminismCheck(), new ValueCheck(), new ReferenceCheck(), new GradientShapeCheck(), new DerivativeCheck(), new LinearityCheck(), new ZeroCotangentCheck(),
        new RepeatabilityCheck(), new InputsUnchangedCheck(), new ListingCheck(), new ConstantsCheck(), new SameVariableCheck(), new FanOutCheck(), new RecordedGradientCheck(),
        new SinglePrecisionCheck(), new SecondOrderCheck(),
    ];

    /// <summary>What makes all further checks pointless.</summary>
    private static readonly CheckKind[] Blocking = [CheckKind.Determinism, CheckKind.Value, CheckKind.GradientShape];

    /// <summary>Checks a function of one variable.</summary>
    /// <param name="x">Where.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="name">What reports call it; as written in the call by default.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CheckReport Check(
        Func<Variable<double>, Variable<double>> function,
        Matrix<double> x,
        CheckOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return Check(CheckedFunction.Of(FunctionName.Of(name), function), [x], options);
    }

    /// <summary>Checks a function of two variables.</summary>
    /// <param name="a">Where: the first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="name">What reports call it; as written in the call by default.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CheckReport Check(
        Func<Variable<double>, Variable<double>, Variable<double>> function,
        Matrix<double> a,
        Matrix<double> b,
        CheckOptions? options = null,
        [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Check(CheckedFunction.Of(FunctionName.Of(name), function), [a, b], options);
    }

    /// <summary>Checks a layer: its gradients for the input and for all parameters, and that it lists what it uses (<see cref="CheckKind.Listing"/>).</summary>
    /// <param name="layer">The layer, in the mode that it is in. Its parameters, running statistics and random states are afterwards what they were.</param>
    /// <param name="x">N x columns: where.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CheckReport Check(Layer<double> layer, Matrix<double> x, CheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(x);
        return Check(CheckedFunction.Of(layer), [x], options);
    }

    /// <summary>Checks a function of any number of variables and parameters.</summary>
    /// <param name="function">
    /// The function. Parameters that it takes from the tape are checked too, named or not: those of a layer inside it for one. While they are checked they hold
    /// other values; afterwards they hold theirs again.
    /// </param>
    /// <param name="inputs">Where: one matrix for each input; the parameters are checked at their values.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentNullException">An argument or an input is null.</exception>
    /// <exception cref="ArgumentException">There is nothing to check: no input and no parameter, or all checks are left out.</exception>
    /// <remarks>What the function itself throws at the point is not caught; what its gradient throws is a failed check.</remarks>
    public static CheckReport Check(CheckedFunction function, IReadOnlyList<Matrix<double>> inputs, CheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        CheckInputs(inputs, nameof(inputs));
        options ??= new CheckOptions();
        if (!Array.Exists(Checks, check => options.Includes(check.Kind)))
            throw new ArgumentException("CheckOptions.Without leaves no check to run.", nameof(options));
        using CheckContext context = new(UnnamedParameters.Find(function, inputs), inputs, options);
        if (context.Slots.Count == 0)
            throw new ArgumentException($"'{function.Name}' has no input and no parameter, so there is no gradient to check.", nameof(inputs));
        RandomSource random = new(options.Seed);
        context.Bench.Evaluate(context.At);
        List<CheckResult> results = [];
        foreach (ICheck check in Checks.Where(check => options.Includes(check.Kind)))
        {
            CheckResult result = Run(check, context, random.Fork(check.Kind.ToString()));
            results.Add(result);
            if (result.Outcome > CheckOutcome.Kink && Blocking.Contains(check.Kind))
                break;
        }

        return new CheckReport(function.Name, results, options, context.Slots, context.At)
        {
            FoundParameters = [.. context.Function.FoundParameters.Select(parameter => parameter.ToString())],
        };
    }

    private static CheckResult Run(ICheck check, CheckContext context, RandomSource random)
    {
        try
        {
            return check.Run(context, random);
        }
        catch (Exception exception) when (IsOrdinary(exception))
        {
            string? operation = Culprit.Find(context);
            bool isNamed = operation is null || exception.Message.Contains($"'{operation}'", StringComparison.Ordinal);
            return CheckResult.Fail(
                check.Kind, double.PositiveInfinity, $"{(isNamed ? "" : $"The VJP of '{operation}' throws: ")}{exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Whether an exception says something about the function, and nothing about the machine.</summary>
    internal static bool IsOrdinary(Exception exception) => exception is not (OutOfMemoryException or OperationCanceledException);

    private static void CheckInputs(IReadOnlyList<Matrix<double>> inputs, string argument)
    {
        ArgumentNullException.ThrowIfNull(inputs, argument);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is null)
                throw new ArgumentNullException(argument, $"{argument}[{i}] is null.");
        }
    }
}
