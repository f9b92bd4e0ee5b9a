using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Operations;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using V = AutoDiffLsr.Autodiff.Variable<double>;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <content>Numbers are right at a first look, promises are not kept.</content>
internal static partial class Catalogue
{
    private static IEnumerable<Mutant> Promises()
    {
        Random unseeded = new(1); // One stream for all calls: random to a checker, the same table at every run.
        yield return One("dropout", "unseeded", x => x.Square(), (x, y, dy) => 2 * x * dy) with { Wrong = (_, x) => x[0].Square() * Plant.Map(x[0], _ => unseeded.Next(2)) };
        yield return One("square", "noise of 1e-4 in the gradient", x => x.Square(), (x, y, dy) => 2 * x * dy * (1 + (1e-4 * unseeded.NextDouble())));
        yield return One("square", "noise of 1e-9 in the gradient", x => x.Square(), (x, y, dy) => 2 * x * dy * (1 + (1e-9 * unseeded.NextDouble())));
        yield return One("square", "the input is overwritten", x => x.Square(), Overwriting);
        yield return One("square", "state of the last call", x => x.Square(), (x, y, dy) => 2 * x * dy) with { Wrong = FromLastCall() };
        yield return One("square", "another value while recording", x => x.Square(), (x, y, dy) => 2 * x * dy) with { Wrong = (tape, x) => tape.IsRecording ? x[0].Square() + 0.5 : x[0].Square() };
        yield return Two("multiply", "wrong beside a constant", (a, b) => a * b, (a, b, y, dy) => b.NeedsGradient ? b * dy : dy, (a, b, y, dy) => a * dy);
        yield return Two("multiply", "wrong for the same variable", (a, b) => a * b, (a, b, y, dy) => b * dy, (a, b, y, dy) => a == b ? default : a * dy);
        yield return One("square, float", "four digits", x => x.Square(), (x, y, dy) => 2 * x * dy) with
        {
            Wrong = (_, x) => x[0].Square(),
            WrongSingle = (_, x) => x[0].Square() * 1.0001,
            RightSingle = (_, x) => x[0].Square(),
        };
        yield return One("softplus, float", "naive formula", x => x.Softplus(), (x, y, dy) => dy * x.Sigmoid(), new Domain("large", Generators.SaturatedLogits.Values.Select(v => 3 * v), double.IsFinite)) with
        {
            Wrong = (_, x) => x[0].Softplus(),
            WrongSingle = (_, x) => (1 + x[0].Exp()).Log(),
            RightSingle = (_, x) => x[0].Softplus(),
        };
        yield return One("variance, float", "E x² - (E x)²", x => (x - x.Mean()).Square().Mean(), (x, y, dy) => dy, new Domain("far from 0", Generators.MildLogits.Values.Select(v => 1000 + v), double.IsFinite), Fixed((4, 3))) with
        {
            Wrong = (_, x) => (x[0] - x[0].Mean()).Square().Mean(),
            WrongSingle = (_, x) => x[0].Square().Mean() - x[0].Mean().Square(),
            RightSingle = (_, x) => (x[0] - x[0].Mean()).Square().Mean(),
        };
    }

    private static V Overwriting(V x, V y, V dy)
    {
        V gradient = 2 * x * dy;
        x.Value.Multiply(2, x.Value);
        return gradient;
    }

    private static TapeFunction<double> FromLastCall()
    {
        Matrix<double>? last = null;
        return (_, x) =>
        {
            last = x[0].Value.Clone();
            return Operation.Unary("square", x[0], x[0].Shape, 0, static (x, y, _) => x.PointwiseMultiply(x, y), (x, y, dy, _) => 2 * dy * x.Tape.Constant(last.RowCount == x.Rows ? last.Clone() : x.Value));
        };
    }
}
