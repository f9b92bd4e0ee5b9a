using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

/// <summary>
/// jax.test_util.check_grads of order 2 in reverse mode: one random projection from the fixed seed 0, central step 1e-4, tolerances 1e-5 in double; the value
/// must not change by differentiation; the second order takes the value itself as cotangent.
/// </summary>
internal sealed class JaxCheckGrads : IOtherChecker
{
    private const double Step = 1e-4, Tolerance = 1e-5;

    public string Name => "jax";

    public bool Objects(TapeFunction<double> function, IReadOnlyList<Matrix<double>> inputs, int seed)
    {
        RandomSource random = new(0);
        using FunctionSubject first = Subject.Of(function, inputs);
        double[] value = first.EvaluateRecorded(), plain = first.Evaluate(first.At);
        if (value.Zip(plain).Any(pair => !Draws.AllClose(pair.First, pair.Second, Tolerance, Tolerance)) || IsWrong(first, random, value.Length))
            return true;
        using FunctionSubject second = Subject.Of(Pullback(function, plain), inputs);
        return IsWrong(second, random, second.Evaluate(second.At).Length);
    }

    private static bool IsWrong(Subject problem, RandomSource random, int outputs)
    {
        double[][] tangent = Draws.Normal(random, problem.At);
        double[] cotangent = Draws.Normal(random, outputs);
        double numeric = Draws.Dot(cotangent, problem.CentralDifference(tangent, Step / 2)), analytic = Draws.Dot(problem.Vjp(cotangent), tangent);
        return !Draws.AllClose(analytic, numeric, Tolerance, Tolerance);
    }

    /// <summary>x ↦ VJP(x; c) of all inputs in one column, recorded so that it can be differentiated.</summary>
    private static TapeFunction<double> Pullback(TapeFunction<double> function, double[] cotangent) => (tape, x) =>
    {
        if (tape.IsRecording)
            return Gradient(tape, x);

        // Where the caller records nothing, the gradient still needs a record: on a tape of its own.
        using Tape<double> own = new();
        return tape.Constant(Gradient(own, [.. x.Select(input => own.Variable(input.Value))]).Value.Clone());

        Variable<double> Gradient(Tape<double> on, IReadOnlyList<Variable<double>> inputs)
        {
            Variable<double> y = function(on, inputs), c = on.Constant(Matrix<double>.Build.Dense(y.Rows, y.Columns, cotangent));
            Gradients<double> gradients = on.Gradients(y, [.. inputs], createGraph: true, cotangent: c);
            Variable<double>[] columns = [.. Enumerable.Range(0, inputs.Count).Select(i => Column(gradients[i]))];
            return BlockOperations.ConcatenateRows(columns);
        }
    };

    private static Variable<double> Column(Variable<double> x)
    {
        Variable<double>[] columns = [.. Enumerable.Range(0, x.Columns).Select(column => x.SliceColumns(column, 1))];
        return BlockOperations.ConcatenateRows(columns);
    }
}
