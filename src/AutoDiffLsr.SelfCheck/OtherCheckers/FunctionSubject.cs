using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

/// <summary>The function itself.</summary>
internal sealed class FunctionSubject(TapeFunction<double> function, Shape[] shapes, double[][] at) : Subject(shapes, at)
{
    public override double[] Evaluate(double[][] point)
    {
        Variable<double>[] x = Start(point);
        using RecordingScope<double> off = Tape.NoRecording();
        return Numbers(function(Tape, x));
    }

    /// <summary>The outputs at the point as they are while the function is recorded.</summary>
    public double[] EvaluateRecorded() => Numbers(function(Tape, Start(At)));

    public override double[][] Vjp(double[] cotangent)
    {
        Variable<double>[] x = Start(At);
        Variable<double> y = function(Tape, x);
        return Numbers(Tape.Gradients(y, x, cotangent: Tape.Constant(Column(cotangent, y.Shape))));
    }

    /// <summary>(x, c) ↦ VJP(x; c): the subject of a check of second order.</summary>
    public PullbackSubject Pullback(double[] cotangent)
    {
        Shape output = function(Tape, Start(At)).Shape;
        return new(function, [.. Shapes, output], [.. At, cotangent]);
    }
}
