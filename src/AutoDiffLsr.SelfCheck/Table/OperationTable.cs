using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Table;

/// <summary>One line for each operation: its shapes, its domain, and itself, in double and in float.</summary>
internal static partial class OperationTable
{
    /// <summary>All operations.</summary>
    public static IReadOnlyList<OperationLine> Lines { get; } =
        [.. Smooth(), .. Arithmetical(), .. Kinked(), .. Shaping(), .. Labelled(), .. Images(), .. Gathered(), .. Selected(), .. Transcended(), .. Factored()];

    private static IEnumerable<OperationLine> Smooth() =>
    [
        Line.Unary("tanh", "ActivationOperations.Tanh(Variable)", "{0}.Tanh()", ActivationOperations.Tanh, ActivationOperations.Tanh, Domain.Real),
        Line.Unary("sigmoid", "ActivationOperations.Sigmoid(Variable)", "{0}.Sigmoid()", ActivationOperations.Sigmoid, ActivationOperations.Sigmoid, Domain.Real),
        Line.Unary("softplus", "ActivationOperations.Softplus(Variable)", "{0}.Softplus()", ActivationOperations.Softplus, ActivationOperations.Softplus, Domain.Real),
        Line.Unary("gelu", "ActivationOperations.Gelu(Variable)", "{0}.Gelu()", ActivationOperations.Gelu, ActivationOperations.Gelu, Domain.Real),
        Line.Unary("normal-distribution", "ActivationOperations.NormalDistribution(Variable)", "{0}.NormalDistribution()", ActivationOperations.NormalDistribution, ActivationOperations.NormalDistribution, Domain.Real),
        Line.Unary("normal-density", "ActivationOperations.NormalDensity(Variable)", "{0}.NormalDensity()", ActivationOperations.NormalDensity, ActivationOperations.NormalDensity, Domain.Real),
        Line.Unary("exp", "ElementaryOperations.Exp(Variable)", "{0}.Exp()", ElementaryOperations.Exp, ElementaryOperations.Exp, Domain.Moderate),
        Line.Unary("log", "ElementaryOperations.Log(Variable)", "{0}.Log()", ElementaryOperations.Log, ElementaryOperations.Log, Domain.Positive),
        Line.Unary("log1p", "ElementaryOperations.Log1p(Variable)", "{0}.Log1p()", ElementaryOperations.Log1p, ElementaryOperations.Log1p, Domain.AboveMinusOne),
        Line.Unary("sqrt", "ElementaryOperations.Sqrt(Variable)", "{0}.Sqrt()", ElementaryOperations.Sqrt, ElementaryOperations.Sqrt, Domain.Positive),
        Line.Unary("log-sum-exp", "SoftmaxOperations.LogSumExp(Variable)", "{0}.LogSumExp()", SoftmaxOperations.LogSumExp, SoftmaxOperations.LogSumExp, Domain.Real),
        Line.Unary("softmax", "SoftmaxOperations.Softmax(Variable)", "{0}.Softmax()", SoftmaxOperations.Softmax, SoftmaxOperations.Softmax, Domain.Real),
        Line.Unary("log-softmax", "SoftmaxOperations.LogSoftmax(Variable)", "{0}.LogSoftmax()", SoftmaxOperations.LogSoftmax, SoftmaxOperations.LogSoftmax, Domain.Real),
    ];

    private static IEnumerable<OperationLine> Arithmetical() =>
    [
        Line.Binary("add", "Variable.op_Addition(Variable, Variable)", "({0} + {1})", Add, Add, Domain.Real, Domain.Real),
        Line.Binary("subtract", "Variable.op_Subtraction(Variable, Variable)", "({0} - {1})", Subtract, Subtract, Domain.Real, Domain.Real),
        Line.Binary("multiply", "Variable.op_Multiply(Variable, Variable)", "({0} * {1})", Multiply, Multiply, Domain.Real, Domain.Real),
        Line.Binary("divide", "Variable.op_Division(Variable, Variable)", "({0} / {1})", Divide, Divide, Domain.Real, Domain.AwayFromZero),
        Line.Unary("negate", "Variable.op_UnaryNegation(Variable)", "(-{0})", Negate, Negate, Domain.Real),
        Line.WithNumber("add-number", "Variable.op_Addition(Variable, Double)", "({0} + {c})", (x, c) => x + c, (x, c) => x + c, Domain.Real, 0, 1, -2.5, 100),
        Line.WithNumber("number-add", "Variable.op_Addition(Double, Variable)", "({c} + {0})", (x, c) => c + x, (x, c) => c + x, Domain.Real, 0, 1, -2.5),
        Line.WithNumber("subtract-number", "Variable.op_Subtraction(Variable, Double)", "({0} - {c})", (x, c) => x - c, (x, c) => x - c, Domain.Real, 0, 1, -2.5),
        Line.WithNumber("number-subtract", "Variable.op_Subtraction(Double, Variable)", "({c} - {0})", (x, c) => c - x, (x, c) => c - x, Domain.Real, 0, 1, -2.5),
        Line.WithNumber("multiply-number", "Variable.op_Multiply(Variable, Double)", "({0} * {c})", (x, c) => x * c, (x, c) => x * c, Domain.Real, 0, 1, -2.5, 0.1),
        Line.WithNumber("number-multiply", "Variable.op_Multiply(Double, Variable)", "({c} * {0})", (x, c) => c * x, (x, c) => c * x, Domain.Real, 0, 1, -2.5),
        Line.WithNumber("divide-number", "Variable.op_Division(Variable, Double)", "({0} / {c})", (x, c) => x / c, (x, c) => x / c, Domain.Real, 1, -2.5, 3),
        Line.WithNumber("number-divide", "Variable.op_Division(Double, Variable)", "({c} / {0})", (x, c) => c / x, (x, c) => c / x, Domain.AwayFromZero, 0, 1, -2.5),
        Line.WithNumber("add-matrix", "Variable.op_Addition(Variable, Matrix)", "({0} + Matrix<T>.Build.Dense(1, 1, {c}))", (x, c) => x + Filled(c), (x, c) => x + Filled((float)c), Domain.Real, 0, -2.5),
        Line.WithNumber("matrix-add", "Variable.op_Addition(Matrix, Variable)", "(Matrix<T>.Build.Dense(1, 1, {c}) + {0})", (x, c) => Filled(c) + x, (x, c) => Filled((float)c) + x, Domain.Real, 0, -2.5),
        Line.WithNumber("subtract-matrix", "Variable.op_Subtraction(Variable, Matrix)", "({0} - Matrix<T>.Build.Dense(1, 1, {c}))", (x, c) => x - Filled(c), (x, c) => x - Filled((float)c), Domain.Real, 0, -2.5),
        Line.WithNumber("matrix-subtract", "Variable.op_Subtraction(Matrix, Variable)", "(Matrix<T>.Build.Dense(1, 1, {c}) - {0})", (x, c) => Filled(c) - x, (x, c) => Filled((float)c) - x, Domain.Real, 0, -2.5),
        Line.Unary("square", "ElementaryOperations.Square(Variable)", "{0}.Square()", ElementaryOperations.Square, ElementaryOperations.Square, Domain.Real),
        Line.WithNumber("power", "ElementaryOperations.Power(Variable, Double)", "{0}.Power({c})", ElementaryOperations.Power, ElementaryOperations.Power, Domain.Positive, 0, 1, 2, 3, -1, -2, 0.5, 1.5, -0.3),
        Line.WithNumber("whole-power", "ElementaryOperations.Power(Variable, Double)", "{0}.Power({c})", ElementaryOperations.Power, ElementaryOperations.Power, Domain.AwayFromZero, 0, 1, 2, 3, -1, -2),
    ];

    private static Matrix<T> Filled<T>(T value)
        where T : struct, IEquatable<T>, IFormattable => Matrix<T>.Build.Dense(1, 1, value);

    private static IEnumerable<OperationLine> Kinked() =>
    [
        Line.Unary("relu", "PiecewiseOperations.Relu(Variable)", "{0}.Relu()", PiecewiseOperations.Relu, PiecewiseOperations.Relu, Domain.Real),
        Line.WithNumber("leaky-relu", "PiecewiseOperations.LeakyRelu(Variable, Double)", "{0}.LeakyRelu({c})", PiecewiseOperations.LeakyRelu, PiecewiseOperations.LeakyRelu, Domain.Real, 0.01, 0.25, -0.5, 2),
        Line.Unary("abs", "PiecewiseOperations.Abs(Variable)", "{0}.Abs()", PiecewiseOperations.Abs, PiecewiseOperations.Abs, Domain.Real),
        Line.WithNumber("clamp", "PiecewiseOperations.Clamp(Variable, Double, Double)", "{0}.Clamp(-1, {c})", (x, c) => x.Clamp(-1, c), (x, c) => x.Clamp(-1, c), Domain.Real, -0.5, 1, 2.125),
        Line.Binary("maximum", "PiecewiseOperations.Maximum(Variable, Variable)", "{0}.Maximum({1})", PiecewiseOperations.Maximum, PiecewiseOperations.Maximum, Domain.Real, Domain.Real),
        Line.Binary("minimum", "PiecewiseOperations.Minimum(Variable, Variable)", "{0}.Minimum({1})", PiecewiseOperations.Minimum, PiecewiseOperations.Minimum, Domain.Real, Domain.Real),
        Line.Binary("where-positive", "PiecewiseOperations.WherePositive(Variable, Variable)", "{0}.WherePositive({1})", PiecewiseOperations.WherePositive, PiecewiseOperations.WherePositive, Domain.Real, Domain.AwayFromZero),
    ];

    private static Variable<T> Add<T>(Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T> => a + b;

    private static Variable<T> Subtract<T>(Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T> => a - b;

    private static Variable<T> Multiply<T>(Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T> => a * b;

    private static Variable<T> Divide<T>(Variable<T> a, Variable<T> b)
        where T : struct, IFloatingPointIeee754<T> => a / b;

    private static Variable<T> Negate<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T> => -x;
}
