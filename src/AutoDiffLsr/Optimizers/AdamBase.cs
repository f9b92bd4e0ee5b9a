using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Optimizers;

/// <summary>What <see cref="Adam{T}"/> and <see cref="AdamW{T}"/> share: all but where the weight decay goes.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class AdamBase<T> : Optimizer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[][] firstMoments, secondMoments, largestMoments;
    private AdamStep<T> step;

    private protected AdamBase(IReadOnlyList<Parameter<T>> parameters, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool amsgrad)
        : base(parameters, learningRate)
    {
        Beta1 = Setting.Share(beta1, nameof(beta1));
        Beta2 = Setting.Share(beta2, nameof(beta2));
        Epsilon = Setting.NotNegative<T>(epsilon, nameof(epsilon));
        WeightDecay = Setting.NotNegative<T>(weightDecay, nameof(weightDecay));
        firstMoments = Remember("first_moment");
        secondMoments = Remember("second_moment");
        Amsgrad = amsgrad;
        largestMoments = amsgrad ? Remember("largest_second_moment") : [];
    }

    /// <summary>β1, the share of the past in the mean of gradients.</summary>
    public double Beta1 { get; }

    /// <summary>β2, the share of the past in the mean of squared gradients.</summary>
    public double Beta2 { get; }

    /// <summary>ε, what is added to the divisor.</summary>
    public double Epsilon { get; }

    /// <summary>How strongly parameters are drawn to 0.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether the step is divided by the largest mean of squared gradients so far.</summary>
    public bool Amsgrad { get; }

    /// <summary>Weight decay added to the gradient, as a factor of the parameter.</summary>
    private protected abstract double Decay { get; }

    /// <summary>What the parameter is multiplied by.</summary>
    private protected abstract double Shrink { get; }

    /// <inheritdoc/>
    protected override void BeginStep() => step = new AdamStep<T>(
        Rate: T.CreateTruncating(LearningRate / (1 - Math.Pow(Beta1, Steps))),
        Decay: T.CreateTruncating(Decay),
        Shrink: T.CreateTruncating(Shrink),
        NewFirst: T.CreateTruncating(1 - Beta1),
        OldSecond: T.CreateTruncating(Beta2),
        NewSecond: T.CreateTruncating(1 - Beta2),
        Unbias: T.CreateTruncating(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps))),
        Epsilon: T.CreateTruncating(Epsilon));

    /// <inheritdoc/>
    protected override void Update(int index, ReadOnlySpan<T> gradient, Span<T> parameter, GradientLimit<T> limit) =>
        OptimizerKernels.Adam(parameter, gradient, firstMoments[index], secondMoments[index], Amsgrad ? largestMoments[index] : [], limit, step);
}
