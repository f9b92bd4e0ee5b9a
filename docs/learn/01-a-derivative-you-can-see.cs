#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
#:package OxyPlot.Core
using AutoDiffLsr.Autodiff;
using MathNet.Numerics.LinearAlgebra;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

// The digits of f(2.00001) for f(x) = x³.
Console.WriteLine($"f(2)       = {Cube(2):F15}");
Console.WriteLine($"f(2.00001) = {Cube(2.00001):F15}");
Console.WriteLine();

// The error of difference quotients at 2, where the derivative is 12.
LineSeries forward = new() { Title = "forward, double       " }, central = new() { Title = "central, double       " }, single = new() { Title = "central, float        " };
Console.WriteLine("step    forward   central   central in float");
for (int digits = 1; digits <= 12; digits++)
{
    double h = Math.Pow(10, -digits);
    double errorForward = Math.Abs(((Cube(2 + h) - Cube(2)) / h) - 12);
    double errorCentral = Math.Abs(((Cube(2 + h) - Cube(2 - h)) / (2 * h)) - 12);
    float hf = (float)h;
    double errorSingle = Math.Abs(((CubeInFloat(2 + hf) - CubeInFloat(2 - hf)) / (2 * hf)) - 12);
    Console.WriteLine($"1e-{digits:D2}   {errorForward:0.0e+00}   {errorCentral:0.0e+00}   {errorSingle:0.0e+00}");
    forward.Points.Add(new DataPoint(h, errorForward));
    central.Points.Add(new DataPoint(h, errorCentral));
    single.Points.Add(new DataPoint(h, Math.Max(errorSingle, 1e-13)));
}

// The tape: no step, no error.
using var tape = new Tape<double>();
var x = tape.Variable(Matrix<double>.Build.Dense(1, 1, 2.0));
Console.WriteLine();
Console.WriteLine($"tape: {tape.Gradient(x * x * x, x).Scalar}");

if (args is [var path])
{
    var plot = new PlotModel { Title = "Error of the derivative of x³ at 2" };
    plot.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Bottom, Title = "step" });
    plot.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Left, Title = "error", Minimum = 1e-13, Maximum = 100 });
    plot.Legends.Add(new OxyPlot.Legends.Legend());
    plot.Series.Add(forward);
    plot.Series.Add(central);
    plot.Series.Add(single);
    File.WriteAllText(path, new SvgExporter { Width = 640, Height = 400, UseVerticalTextAlignmentWorkaround = true }.ExportToString(plot));
}

static double Cube(double x) => x * x * x;

static float CubeInFloat(float x) => x * x * x;
