#:project ../../src/AutoDiffLsr/AutoDiffLsr.csproj
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

var list = new ScalarTape();
Number a = list.Add(1), b = a + a, c = b + b;
Console.WriteLine($"c = {c.Value}, dc/da = {list.Gradients(c)[a.Place]}, by the wrong walk {list.WrongWalk(c.Place, [0, 0, 1])[a.Place]}");

Number w = list.Add(0.5), x = list.Add(3), y = (w * x + a).Tanh() * x;
double[] gradients = list.Gradients(y);
Console.WriteLine($"scalar tape: y = {y.Value:F6}, dy/dw = {gradients[w.Place]:F6}, dy/dx = {gradients[x.Place]:F6}");

using var tape = new Tape<double>();
Variable<double> Scalar(double value) => tape.Variable(Matrix<double>.Build.Dense(1, 1, value));
Variable<double> a2 = Scalar(1), w2 = Scalar(0.5), x2 = Scalar(3), y2 = (w2 * x2 + a2).Tanh() * x2;
Console.WriteLine($"real tape:   y = {y2.Scalar:F6}, dy/dw = {tape.Gradient(y2, w2).Scalar:F6}, dy/dx = {tape.Gradient(y2, x2).Scalar:F6}");

sealed class ScalarTape
{
    // For each number: which earlier numbers it was made of, and how fast it grows with each of them.
    private readonly List<(int Input, double Slope)[]> entries = [];

    public Number Add(double value, params (int Input, double Slope)[] inputs)
    {
        entries.Add(inputs);
        return new Number(this, entries.Count - 1, value);
    }

    public double[] Gradients(Number y)
    {
        var gradients = new double[entries.Count];
        gradients[y.Place] = 1;
        for (int place = y.Place; place >= 0; place--)
            foreach (var (input, slope) in entries[place])
                gradients[input] += slope * gradients[place];
        return gradients;
    }

    // Wrong: passes on at once, before everything has arrived. gradients[place] must be 1 for the result.
    public double[] WrongWalk(int place, double[] gradients)
    {
        foreach (var (input, slope) in entries[place])
        {
            gradients[input] += slope * gradients[place];
            WrongWalk(input, gradients);
        }
        return gradients;
    }
}

readonly record struct Number(ScalarTape Tape, int Place, double Value)
{
    public static Number operator +(Number a, Number b) => a.Tape.Add(a.Value + b.Value, (a.Place, 1), (b.Place, 1));
    public static Number operator *(Number a, Number b) => a.Tape.Add(a.Value * b.Value, (a.Place, b.Value), (b.Place, a.Value));
    public Number Tanh() => Math.Tanh(Value) is var y ? Tape.Add(y, (Place, 1 - y * y)) : default;
}
