using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Optimizers;

/// <summary>
/// RMSprop (Hinton's lecture 6e, 2012), as PyTorch's <c>RMSprop</c>: g += decay·p; v = α·v + (1 - α)·g²; m = momentum·m + g / (√v + ε); p -= rate·m.
/// The centered form divides by √(v - a²) + ε, with the mean of gradients a = α·a + (1 - α)·g: by their standard deviation (Graves 2013, arXiv 1308.0850).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RmsProp<T> : Optimizer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[][] squares, momenta, means;

    /// <summary>RMSprop on some parameters.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="smoothing">α, the share of the past in the mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">ε, what is added to the divisor.</param>
    /// <param name="momentum">The share of the last step that goes on, in [0, 1).</param>
    /// <param name="weightDecay">Weight decay added to the gradient, as a factor of the parameter.</param>
    /// <param name="centered">Whether the mean of gradients is taken off, so that a step is divided by their standard deviation.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public RmsProp(
        IReadOnlyList<Parameter<T>> parameters,
        double learningRate = 0.01,
        double smoothing = 0.99,
        double epsilon = 1e-8,
        double momentum = 0,
        double weightDecay = 0,
        bool centered = false)
        : base(parameters, learningRate)
    {
        Smoothing = Setting.Share(smoothing, nameof(smoothing));
        Epsilon = Setting.NotNegative<T>(epsilon, nameof(epsilon));
        Momentum = Setting.Share(momentum, nameof(momentum));
        WeightDecay = Setting.NotNegative<T>(weightDecay, nameof(weightDecay));
        squares = Remember("mean_square");
        momenta = momentum > 0 ? Remember("momentum") : [];
        Centered = centered;
        means = centered ? Remember("mean_gradient") : [];
    }

    /// <summary>α, the share of the past in the mean of squared gradients.</summary>
    public double Smoothing { get; }

    /// <summary>ε, what is added to the divisor.</summary>
    public double Epsilon { get; }

    /// <summary>The share of the last step that goes on.</summary>
    public double Momentum { get; }

    /// <summary>Weight decay added to the gradient, as a factor of the parameter.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether the mean of gradients is taken off.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant(
        $"RmsProp{(Centered ? ", centered" : "")}{(Momentum > 0 ? $", momentum {Momentum}" : "")}{(WeightDecay > 0 ? $", weight decay {WeightDecay}" : "")}");

    /// <inheritdoc/>
    protected override void Update(int index, ReadOnlySpan<T> gradient, Span<T> parameter, GradientLimit<T> limit)
    {
        RmsPropStep<T> step = new(
            Rate: T.CreateTruncating(LearningRate),
            Decay: T.CreateTruncating(WeightDecay),
            Momentum: T.CreateTruncating(Momentum),
            OldSecond: T.CreateTruncating(Smoothing),
            NewSecond: T.CreateTruncating(1 - Smoothing),
            Epsilon: T.CreateTruncating(Epsilon));
        OptimizerKernels.RmsProp(parameter, gradient, squares[index], momenta.Length > 0 ? momenta[index] : [], Centered ? means[index] : [], limit, step);
    }
}
