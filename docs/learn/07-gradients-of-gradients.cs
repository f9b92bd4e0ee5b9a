#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
#:package OxyPlot.Core
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using OxyPlot;
using OxyPlot.Series;
using var tape = new Tape<double>();

// 1. Again and again: x³ at 2.
Variable<double> x = Point(2), first = tape.Gradient(x * x * x, x, createGraph: true), second = tape.Gradient(first, x, createGraph: true);
Console.WriteLine($"3x² = {first.Scalar}, 6x = {second.Scalar}, 6 = {tape.Gradient(second, x).Scalar}");

// 2. The Hessian of Rosenbrock's function, and its product with a direction without making it.
Variable<double> v = Point(-1.2, 1), f = Rosenbrock(v), direction = Point(1, 2);
Matrix<double> hessian = Derivatives.Hessian(f, v);
Console.WriteLine($"H = [{hessian[0, 0]} {hessian[0, 1]}; {hessian[1, 0]} {hessian[1, 1]}]");
Console.WriteLine($"H·(1, 2) = {Text(hessian * direction.Value)}, as a product {Text(Derivatives.HessianVectorProduct(f, v, direction).Value)}");

// 3. Newton's method against gradient descent.
LineSeries newton = new() { Title = "Newton, 6 steps            ", MarkerType = MarkerType.Circle }, descent = new() { Title = "gradient descent, 1,000 steps              " };
Matrix<double> byNewton = v.Value.Clone(), byDescent = v.Value.Clone();
for (int step = 0; step <= 1000; step++)
{
    if (step is <= 6 or 1000)
        Console.WriteLine($"after {step,4} steps: {(step <= 6 ? $"Newton {Text(byNewton)}" : new string(' ', 28))}   descent {Text(byDescent)}");
    descent.Points.Add(new DataPoint(byDescent[0, 0], byDescent[1, 0]));
    if (step <= 6)
        newton.Points.Add(new DataPoint(byNewton[0, 0], byNewton[1, 0]));
    tape.Reset();
    Variable<double> n = tape.Variable(byNewton), d = tape.Variable(byDescent), at = Rosenbrock(n);
    if (step < 6)
        byNewton -= Derivatives.Hessian(at, n).Solve(tape.Gradient(at, n).Value);
    byDescent -= 0.001 * tape.Gradient(Rosenbrock(d), d).Value;
}

// 4. Through a training step: how the loss after one step changes with the learning rate.
tape.Reset();
Variable<double> rate = Point(0.1), weight = Point(1), stepped = weight - (rate * tape.Gradient(Loss(weight), weight, createGraph: true));
Console.WriteLine($"loss {Loss(weight).Scalar:F4}, after one step {Loss(stepped).Scalar:F4}, its derivative by the learning rate {tape.Gradient(Loss(stepped), rate).Scalar:F4}");

if (args is [var path])
{
    var plot = new PlotModel { Title = "Rosenbrock's valley from (-1.2, 1) to (1, 1)" };
    double[] side = [.. Enumerable.Range(0, 81).Select(i => -2 + (0.05 * i))];
    plot.Series.Add(new ContourSeries
    {
        ColumnCoordinates = side, RowCoordinates = side, LabelBackground = OxyColors.Undefined, ContourLevels = [1, 4, 16, 64, 256], Color = OxyColors.LightGray,
        Data = ArrayBuilder.Evaluate((a, b) => Math.Pow(1 - a, 2) + (100 * Math.Pow(b - (a * a), 2)), side, side),
    });
    plot.Series.Add(newton);
    plot.Series.Add(descent);
    plot.Legends.Add(new OxyPlot.Legends.Legend());
    File.WriteAllText(path, new SvgExporter { Width = 640, Height = 480 }.ExportToString(plot));
}

Variable<double> Point(params double[] values) => tape.Variable(Matrix<double>.Build.Dense(values.Length, 1, values));
Variable<double> Loss(Variable<double> w) => (w.Tanh() - 0.5).Square().Sum();
Variable<double> Rosenbrock(Variable<double> v) => ((1 - v.SliceRows(0, 1)).Square() + (100 * (v.SliceRows(1, 1) - v.SliceRows(0, 1).Square()).Square())).Sum();
string Text(Matrix<double> m) => $"({m[0, 0],8:F4}, {m[1, 0],8:F4})";
