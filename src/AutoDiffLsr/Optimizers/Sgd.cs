using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Optimizers;

/// <summary>
/// Stochastic gradient descent, as PyTorch's <c>SGD</c>: g += decay·p; m = momentum·m + (1 - dampening)·g, undampened in the first step; p -= rate·m, or
/// p -= rate·(g + momentum·m) with Nesterov's correction.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sgd<T> : Optimizer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[][] momenta;

    /// <summary>Stochastic gradient descent on some parameters.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="momentum">The share of the last step that goes on, in [0, 1).</param>
    /// <param name="nesterov">Whether the gradient is corrected for where the momentum leads; needs momentum.</param>
    /// <param name="weightDecay">Weight decay added to the gradient, as a factor of the parameter.</param>
    /// <param name="dampening">What share of the gradient does not enter the momentum, in [0, 1]; needs momentum, and excludes Nesterov's correction.</param>
    /// <exception cref="ArgumentException">Nesterov or dampening without momentum, or both together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public Sgd(IReadOnlyList<Parameter<T>> parameters, double learningRate, double momentum = 0, bool nesterov = false, double weightDecay = 0, double dampening = 0)
        : base(parameters, learningRate)
    {
        Momentum = Setting.Share(momentum, nameof(momentum));
        WeightDecay = Setting.NotNegative<T>(weightDecay, nameof(weightDecay));
        if (nesterov && momentum == 0)
            throw new ArgumentException("nesterov corrects the momentum, but momentum is 0; set it, 0.9 is usual.", nameof(nesterov));
        Nesterov = nesterov;
        Dampening = Setting.Fraction(dampening, nameof(dampening));
        if (dampening > 0 && (momentum == 0 || nesterov))
            throw new ArgumentException($"dampening is {dampening}; it needs momentum, and cannot be had together with Nesterov's correction.", nameof(dampening));
        momenta = momentum > 0 ? Remember("momentum") : [];
    }

    /// <summary>The share of the last step that goes on.</summary>
    public double Momentum { get; }

    /// <summary>Whether the gradient is corrected for where the momentum leads.</summary>
    public bool Nesterov { get; }

    /// <summary>Weight decay added to the gradient, as a factor of the parameter.</summary>
    public double WeightDecay { get; }

    /// <summary>What share of the gradient does not enter the momentum.</summary>
    public double Dampening { get; }

    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant(
        $"Sgd{(Momentum > 0 ? $", momentum {Momentum}" : "")}{(Nesterov ? ", Nesterov" : "")}{(Dampening > 0 ? $", dampening {Dampening}" : "")}{(WeightDecay > 0 ? $", weight decay {WeightDecay}" : "")}");

    /// <inheritdoc/>
    protected override void Update(int index, ReadOnlySpan<T> gradient, Span<T> parameter, GradientLimit<T> limit)
    {
        // The first step begins the momentum with the whole gradient, as PyTorch's does.
        T gain = T.CreateTruncating(Steps == 1 ? 1 : 1 - Dampening);
        DescentStep<T> step = new(T.CreateTruncating(LearningRate), T.CreateTruncating(WeightDecay), T.CreateTruncating(Momentum), Nesterov, gain);
        if (Momentum > 0)
            OptimizerKernels.DescendWithMomentum(parameter, gradient, momenta[index], limit, step);
        else
            OptimizerKernels.Descend(parameter, gradient, limit, step);
    }
}
