#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
#:package OxyPlot.Core
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

using var tape = new Tape<double>();
var loss = new CrossEntropy();
int[] labels = [2];

foreach (double shift in new double[] { 0, 1000 })
{
    double[] z = [1 + shift, 2 + shift, 3 + shift];
    double[] e = [.. z.Select(Math.Exp)];
    Variable<double> logits = tape.Variable(Matrix<double>.Build.DenseOfRowArrays(z));
    Variable<double> ce = loss.Compute(logits, labels);
    Console.WriteLine($"logits {Text(z, "F0")}");
    Console.WriteLine($"  as in the textbook: p = {Text([.. e.Select(value => value / e.Sum())])}, -log p = {-Math.Log(e[2] / e.Sum()):F4}");
    Console.WriteLine($"  by log-sum-exp:     p = {Text(Row(logits.Softmax()))}, -log p = {ce.Scalar:F4}");
    Console.WriteLine($"  gradient            {Text(Row(tape.Gradient(ce, logits)))}");
}

// A logit that becomes hopeless: the probability is 0 in double, the loss and its gradient are not.
foreach (double z in new double[] { 0, -10, -100, -1000 })
{
    Variable<double> logits = tape.Variable(Matrix<double>.Build.DenseOfRowArrays([[0, 0, z]]));
    Variable<double> ce = loss.Compute(logits, labels);
    Console.WriteLine($"logits [0 0 {z}]: p = {logits.Softmax().Value[0, 2]:0.0e+00}, loss {ce.Scalar:F4}, gradient {Text(Row(tape.Gradient(ce, logits)))}");
}

if (args is [var path])
{
    var plot = new PlotModel { Title = "Logits (z, 0, 0), label 0" };
    plot.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = "z" });
    plot.Axes.Add(new LinearAxis { Position = AxisPosition.Left });
    plot.Legends.Add(new OxyPlot.Legends.Legend());
    plot.Series.Add(new FunctionSeries(z => -Math.Log(P(z)), -8, 8, 100, "loss = -log p       "));
    plot.Series.Add(new FunctionSeries(P, -8, 8, 100, "p"));
    plot.Series.Add(new FunctionSeries(z => P(z) - 1, -8, 8, 100, "gradient = p - 1       "));
    File.WriteAllText(path, new SvgExporter { Width = 640, Height = 400, UseVerticalTextAlignmentWorkaround = true }.ExportToString(plot));
}

static double P(double z) => 1 / (1 + 2 * Math.Exp(-z));

static double[] Row(Variable<double> x) => x.Value.Row(0).ToArray();

static string Text(double[] values, string format = "F4") => $"[{string.Join(" ", values.Select(value => value.ToString(format)))}]";
