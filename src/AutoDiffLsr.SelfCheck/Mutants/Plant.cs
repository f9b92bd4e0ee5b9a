using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using MathNet.Numerics.LinearAlgebra;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <summary>Gives a right function another VJP, through the surface that users have.</summary>
internal static class Plant
{
    /// <summary>A function with the given rule, and another one for while nothing is recorded.</summary>
    public static TapeFunction<double> Unary(Func<V, V> function, UnaryVjp<double> vjp, UnaryVjp<double>? unrecorded = null) => (tape, inputs) => Operation.Unary(
        "planted",
        inputs[0],
        Value(tape, () => function(inputs[0])).Shape,
        (Value: Value(tape, () => function(inputs[0])).Value, Vjp: vjp, Unrecorded: unrecorded ?? vjp),
        forward: static (x, y, call) => call.Value.CopyTo(y),
        vjp: static (x, y, dy, call) => (x.Tape.IsRecording ? call.Vjp : call.Unrecorded)(x, y, dy));

    public static TapeFunction<double> Binary(Func<V, V, V> function, BinaryVjp<double> vjpA, BinaryVjp<double> vjpB) => (tape, inputs) => Operation.Binary(
        "planted",
        inputs[0],
        inputs[1],
        Value(tape, () => function(inputs[0], inputs[1])).Shape,
        (Value: Value(tape, () => function(inputs[0], inputs[1])).Value, A: vjpA, B: vjpB),
        forward: static (a, b, y, call) => call.Value.CopyTo(y),
        vjpA: static (a, b, y, dy, call) => call.A(a, b, y, dy),
        vjpB: static (a, b, y, dy, call) => call.B(a, b, y, dy));

    /// <summary>A constant made of a variable's value, entry by entry.</summary>
    public static V Map(V x, Func<double, double> f) => x.Tape.Constant(x.Value.Map(f, Zeros.Include));

    private static V Value(Tape<double> tape, Func<V> function)
    {
        using RecordingScope<double> off = tape.NoRecording();
        return function();
    }
}
