using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

/// <summary>(x, c) ↦ VJP(x; c) of a function, where c, the cotangent, is the last input. Its own VJP is that of the recorded VJP.</summary>
internal sealed class PullbackSubject(TapeFunction<double> function, Shape[] shapes, double[][] at) : Subject(shapes, at)
{
    public override double[] Evaluate(double[][] point)
    {
        Variable<double>[] inputs = Start(point);
        return [.. Numbers(First(inputs, createGraph: false)).SelectMany(gradient => gradient)];
    }

    public override double[][] Vjp(double[] cotangent)
    {
        Variable<double>[] inputs = Start(At);
        Gradients<double> first = First(inputs, createGraph: true);
        Variable<double> sum = Tape.Constant(0.0);
        for (int i = 0, start = 0; i < first.Count; start += first[i].Shape.Count, i++)
        {
            double[] weights = cotangent[start..(start + first[i].Shape.Count)];
            sum += (first[i] * Tape.Constant(Column(weights, first[i].Shape))).Sum();
        }

        return Numbers(Tape.Gradients(sum, inputs));
    }

    private Gradients<double> First(Variable<double>[] inputs, bool createGraph)
    {
        Variable<double>[] x = [.. inputs.SkipLast(1)];
        return Tape.Gradients(function(Tape, x), x, createGraph, inputs[^1]);
    }
}
