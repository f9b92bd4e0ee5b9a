using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Losses;

/// <summary>
/// The one operation behind CE, LSR, SparseLSR and ACE: a loss of the margin d = z_t - m, with m the log-sum-exp of the other logits, plus a
/// multiple of z_t - mean z. Its gradient comes out of the forward pass; recorded, it is an operation of its own, of the same numbers.
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
            vjp: static (z, y, dy, call) => IsPlain(dy) ? call.Gradient : call.GradientTimes(z, dy));
    }

    /// <summary>The loss of a training step has dy = 1: then the gradient is handed on as it is, unless it is to be differentiated again.</summary>
    private static bool IsPlain<T>(Variable<T> dy)
        where T : struct, IFloatingPointIeee754<T> => !dy.Tape.IsRecording && dy.Shape == Shape.Scalar && dy.Scalar == T.One;

    private readonly record struct Call<T, TLoss>(TLoss Loss, int[] Labels, Variable<T> Weights, Variable<T> Gradient)
        where T : struct, IFloatingPointIeee754<T>
        where TLoss : struct, IDifferentiableMarginLoss
    {
        public void Forward(Matrix<T> logits, Matrix<T> losses)
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

        /// <summary>G = w·∇L(z)·dy.  Its own rule, for a gradient g: the product of g with the Hessian, and Σ g·w·∇L(z)</summary>
        public Variable<T> GradientTimes(Variable<T> z, Variable<T> dy) => Operation.Binary(
            "gradient of a loss",
            z,
            dy,
            z.Shape,
            this,
            forward: static (z, dy, g, call) => LabelKernels.ScaleRows(call.Gradient.Value, dy, call.Weights.Value, g),
            vjpA: static (z, dy, y, g, call) => call.HessianTimes(z, dy, g),
            vjpB: static (z, dy, y, g, call) => Sums.SumTo(
                (g * call.GradientTimes(z, z.Tape.Constant(new Shape(z.Rows, 1), T.One))).SumOverColumns().WherePositive(call.Weights), dy.Shape));

        /// <summary>
        /// With s the slope at the margin, s' its derivative, q the softmax of the others, e_t one at the label and u = g_t - Σ q·g:
        /// w·dy·(s'·u·(e_t - q) - s·q·(g - Σ q·g)). A row of weight 0 counts nowhere, whatever its logits are.
        /// </summary>
        private Variable<T> HessianTimes(Variable<T> z, Variable<T> dy, Variable<T> g)
        {
            (z, g) = (z.WherePositive(Weights), g.WherePositive(Weights));
            Variable<T> w = (Weights * dy).WherePositive(Weights), q = z.SoftmaxOfOthers(Labels), margin = z.Margin(Labels), side = Gradient.GatherByLabel(Labels).Detach();
            Variable<T> centred = g.Centred(q), u = centred.GatherByLabel(Labels);
            Variable<T> bent = Loss.CurvatureTimes(margin, w * u, side), straight = w * Loss.SlopeOf(margin, side);
            return bent.ScatterByLabel(Labels, z.Columns) - (q * (bent + (straight * centred)));
        }
    }
}
