using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>
/// The one operation behind CE, LSR, SparseLSR and ACE: a loss of the margin d = z_t - m, with m the log-sum-exp of the other logits, plus a
/// multiple of z_t - mean z. Its gradient comes out of the forward pass, and its rule is written in operations beside it.
/// </summary>
internal static class MarginLoss
{
    /// <summary>Σ w·L(z), or w·L(z) for each row.</summary>
    public static Variable<T> Compute<T, TLoss>(string name, TLoss loss, Variable<T> logits, int[] labels, Variable<T> weights, bool total)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IDifferentiableMarginLoss
    {
        Tape<T> tape = logits.Tape;
        bool needsGradient = logits.NeedsGradient && tape.IsRecording;
        Variable<T> gradient = needsGradient ? tape.Unrecorded("gradient", tape.Rent(logits.Shape), hasHistory: true) : default;
        return Operation.Unary(
            name,
            logits,
            total ? Shape.Scalar : new Shape(logits.Rows, 1),
            new Call<T, TLoss>(loss, labels, weights, gradient),
            forward: static (z, y, call) => call.Forward(z, y),
            vjp: static (z, y, dy, call) => z.Tape.IsRecording ? call.Vjp(z, dy) : call.Scaled(dy));
    }

    private readonly record struct Call<T, TLoss>(TLoss Loss, int[] Labels, Variable<T> Weights, Variable<T> Gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IDifferentiableMarginLoss
    {
        public void Forward(MathNet.Numerics.LinearAlgebra.Matrix<T> logits, MathNet.Numerics.LinearAlgebra.Matrix<T> losses)
        {
            double[] rows = System.Buffers.ArrayPool<double>.Shared.Rent(Labels.Length);
            Span<double> values = rows.AsSpan(0, Labels.Length);
            double total = MarginLossKernel.Run<T, TLoss>(Loss, logits.Data(), Labels, Weights.Node.Buffer.Data, values, Gradient.IsEmpty ? default : Gradient.Node.Buffer.Data.AsSpan());
            T[] result = losses.Data();
            if (result.Length == values.Length)
                System.Numerics.Tensors.TensorPrimitives.ConvertTruncating<double, T>(values, result);
            else
                result[0] = T.CreateTruncating(total);
            System.Buffers.ArrayPool<double>.Shared.Return(rows);
        }

        /// <summary>
        /// dz = s·(e_t - q) + tilt·(e_t - 1/C), times w·dy: s is the slope at the margin, q the softmax of the others, e_t one at the label.
        /// </summary>
        public Variable<T> Vjp(Variable<T> z, Variable<T> dy)
        {
            Variable<T> margin = z.GatherByLabel(Labels) - z.LogSumExpOfOthers(Labels);
            Variable<T> w = Weights * dy;
            Variable<T> slope = w * Loss.SlopeOf(margin);
            Variable<T> dz = slope.ScatterByLabel(Labels, z.Columns) - (slope * z.SoftmaxOfOthers(Labels));
            if (Loss.Tilt != 0)
                dz += (Loss.Tilt * w).ScatterByLabel(Labels, z.Columns) - (w * (Loss.Tilt / z.Columns));
            return dz.WherePositive(Weights);
        }

        /// <summary>The gradient that the forward pass left, times dy. The loss of a training step has dy = 1: then it is handed on as it is.</summary>
        public Variable<T> Scaled(Variable<T> dy) => dy.Shape == Shape.Scalar && dy.Scalar == T.One ? Gradient : dy * Gradient;
    }
}
