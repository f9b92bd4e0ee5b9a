using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.Operations;

namespace AutoDiffLsr.Optimizers;

/// <summary>Steps of <see cref="Adam{T}"/> that stay on the tape.</summary>
/// <remarks>√v has an infinite slope where v is 0, that is where an entry has had no gradient yet; its derivative is taken as 0 there, as that of an entry that does not move.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class UnrolledAdam<T> : Unrolled<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Variable<T>[] firstMoments, secondMoments;

    /// <summary>Adam that begins at the values of some parameters.</summary>
    /// <param name="tape">Where the steps are recorded.</param>
    /// <param name="parameters">Where the weights begin.</param>
    /// <param name="learningRate">How far a step goes, about, in each entry; see <see cref="Unrolled{T}.LearningRate"/> for one that is learnt.</param>
    /// <param name="beta1">The share of the past in the mean of gradients, in [0, 1).</param>
    /// <param name="beta2">The share of the past in the mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">Added to the divisor; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public UnrolledAdam(
        Tape<T> tape, IReadOnlyList<Parameter<T>> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(tape, parameters, Setting.NotNegative<T>(learningRate, nameof(learningRate)))
    {
        Beta1 = Setting.Share(beta1, nameof(beta1));
        Beta2 = Setting.Share(beta2, nameof(beta2));
        Epsilon = Setting.Positive<T>(epsilon, nameof(epsilon));
        (firstMoments, secondMoments) = (new Variable<T>[parameters.Count], new Variable<T>[parameters.Count]);
    }

    /// <summary>β1, the share of the past in the mean of gradients.</summary>
    public double Beta1 { get; }

    /// <summary>β2, the share of the past in the mean of squared gradients.</summary>
    public double Beta2 { get; }

    /// <summary>ε, added to the divisor.</summary>
    public double Epsilon { get; }

    private protected override Variable<T> Updated(int index, Variable<T> weight, Variable<T> gradient)
    {
        Variable<T> first = (1 - Beta1) * gradient, second = (1 - Beta2) * gradient.Square();
        if (Steps > 1)
            (first, second) = ((Beta1 * firstMoments[index]) + first, (Beta2 * secondMoments[index]) + second);
        (firstMoments[index], secondMoments[index]) = (first, second);
        Variable<T> mean = first / (1 - Math.Pow(Beta1, Steps)), square = second / (1 - Math.Pow(Beta2, Steps));
        return weight - (LearningRate * mean / (Root(square) + Epsilon));
    }

    /// <summary>√v, with slope 0 at 0.</summary>
    private static Variable<T> Root(Variable<T> square)
    {
        Variable<T> isPositive = square.Tape.Constant(square.Shape, T.One).WherePositive(square.Detach());
        return (square + (1 - isPositive)).Sqrt().WherePositive(isPositive);
    }
}
