#:project ../../src/AutoDiffLsr.Checking/AutoDiffLsr.Checking.csproj
using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.Numerical;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

var x = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, -1, 2 }, { 0, 0.25, 0.001 } });

// Two functions that are right, and five with an error planted.
Try("tanh", v => v.Tanh());
Try("relu", v => v.Relu());
Try("softmax, gradient 0", v => v.Softmax().Detach() + (0 * v));
Try("square, factor 1.001", v => Square(v, (v, dy) => 2.002 * v * dy));
Try("square, second order", v => Square(v, (v, dy) => (2 * v).Detach() * dy));
Try("relu, slope 2 at 0", v => Operation.Elementwise("relu", v, 0, (v, y, _) => Each(v, y, value => Math.Max(0, value)), (v, y, dy, _) => SlopeTwoAtZero(v) * dy));
x *= 100;
Try("eˣ / (1 + eˣ) in float", Sigmoid, Sigmoid);

// A numerical derivative that knows its own error.
DerivativeEstimate sine = Ridders.Derivative(Math.Sin, at: 1);
Console.WriteLine($"Ridders: the error is {Size(sine.Value - Math.Cos(1))}, its own estimate of it {Size(sine.Error)}");

void Try(string name, Func<Variable<double>, Variable<double>> f, Func<Variable<float>, Variable<float>>? inFloat = null)
{
    CheckReport report = GradientCheck.Check(CheckedFunction.Of(name, f, inFloat), [x]);
    var failed = report.Results.Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Kind);
    Console.WriteLine($"{name,-22} by hand: {(ByHand(f) ? "passes" : "FAILS")}   the kit: {(report.Passed ? "passes" : $"FAILS ({string.Join(", ", failed)})")}");
}

// What people write: the sum of the outputs, one entry at a time, a fixed step, a fixed tolerance, and no entry that is 0.
bool ByHand(Func<Variable<double>, Variable<double>> f)
{
    using var tape = new Tape<double>();
    Matrix<double> point = x.Map(value => value == 0 ? 0.125 : value, Zeros.Include);
    Variable<double> v = tape.Variable(point);
    Matrix<double> gradient = tape.Gradient(f(v).Sum(), v).Value, numeric = point.MapIndexed((i, j, _) => (Moved(i, j, 1e-6) - Moved(i, j, -1e-6)) / 2e-6, Zeros.Include);
    return (gradient - numeric).Enumerate().All(difference => Math.Abs(difference) < 1e-2);

    double Moved(int i, int j, double h)
    {
        Matrix<double> moved = point.Clone();
        moved[i, j] += h;
        return f(tape.Constant(moved)).Sum().Scalar;
    }
}

static Variable<double> Square(Variable<double> v, Func<Variable<double>, Variable<double>, Variable<double>> rule) =>
    Operation.Elementwise("square", v, rule, static (v, y, _) => Each(v, y, value => value * value), static (v, y, dy, rule) => rule(v, dy));

static Variable<double> SlopeTwoAtZero(Variable<double> v) => v.Tape.Constant(v.Value.Map(value => value > 0 ? 1.0 : value == 0 ? 2 : 0, Zeros.Include));

static Variable<T> Sigmoid<T>(Variable<T> v) where T : struct, IFloatingPointIeee754<T> => v.Exp() / (1 + v.Exp());

static void Each(ReadOnlySpan<double> x, Span<double> y, Func<double, double> f) { for (int i = 0; i < x.Length; i++) y[i] = f(x[i]); }

static string Size(double value) => Math.Abs(value) < 1e-12 ? "below 1e-12" : $"{value:0.0e+00}";
