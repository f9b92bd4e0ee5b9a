using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Losses;

/// <summary>A loss of outputs (N x K, a sample is a row) against targets of the same shape, entry by entry.</summary>
/// <remarks>A loss of your own overrides <see cref="Loss.Name"/> and <see cref="Entries"/>, and works wherever the library's do.</remarks>
/// <example>
/// <code>
/// sealed class LogCosh : RegressionLoss
/// {
///     public override string Name => "log-cosh";
///
///     protected override Variable&lt;T&gt; Entries&lt;T&gt;(Variable&lt;T&gt; outputs, Variable&lt;T&gt; targets)
///     {
///         Variable&lt;T&gt; d = (outputs - targets).Abs();
///         return d + (-2 * d).Softplus() - Math.Log(2);
///     }
/// }
/// </code>
/// </example>
public abstract class RegressionLoss : Loss
{
    /// <summary>The loss, ready to be differentiated.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">N x K.</param>
    /// <param name="targets">N x K. A gradient flows to it too where it is a variable.</param>
    /// <returns>1x1, the mean over all entries (as in PyTorch) or their sum; or N x 1, the sum over each row, for <see cref="Reduction.None"/>.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or a target is none that the loss takes.</exception>
    public Variable<T> Compute<T>(Variable<T> outputs, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (outputs.Shape != targets.Shape)
            throw new ArgumentException($"The outputs are {outputs.Shape}, the targets {targets.Shape}: they must be equal.", nameof(targets));
        return Reduced(outputs, targets);
    }

    /// <summary>The loss of each entry.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputs">N x K.</param>
    /// <param name="targets">N x K.</param>
    /// <returns>N x K.</returns>
    protected abstract Variable<T> Entries<T>(Variable<T> outputs, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T>;

    /// <summary>The mean, the sum or the sums of the rows; in one operation where there is one.</summary>
    private protected virtual Variable<T> Reduced<T>(Variable<T> outputs, Variable<T> targets)
        where T : struct, IFloatingPointIeee754<T>
    {
        Variable<T> losses = Entries(outputs, targets);
        return Reduction == Reduction.None ? losses.SumOverColumns() : losses.Reduce(Reduction);
    }
}
