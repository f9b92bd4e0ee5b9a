using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Optimizers;

/// <summary>Steps of <see cref="Sgd{T}"/> that stay on the tape: g += decay·p; m = momentum·m + g; p -= rate·m, or p -= rate·(g + momentum·m) with
/// Nesterov's correction.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class UnrolledSgd<T> : Unrolled<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly Variable<T>[] momenta;

    /// <summary>Descent that begins at the values of some parameters.</summary>
    /// <param name="tape">Where the steps are recorded.</param>
    /// <param name="parameters">Where the weights begin.</param>
    /// <param name="learningRate">How far a step goes; see <see cref="Unrolled{T}.LearningRate"/> for one that is learnt.</param>
    /// <param name="momentum">The share of the last step that goes on, in [0, 1).</param>
    /// <param name="weightDecay">Weight decay added to the gradient.</param>
    /// <param name="nesterov">Whether the gradient is corrected for where the momentum leads; needs momentum.</param>
    /// <exception cref="ArgumentException">Nesterov without momentum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public UnrolledSgd(Tape<T> tape, IReadOnlyList<Parameter<T>> parameters, double learningRate, double momentum = 0, double weightDecay = 0, bool nesterov = false)
        : base(tape, parameters, Setting.NotNegative<T>(learningRate, nameof(learningRate)))
    {
        Momentum = Setting.Share(momentum, nameof(momentum));
        WeightDecay = Setting.NotNegative<T>(weightDecay, nameof(weightDecay));
        if (nesterov && momentum == 0)
            throw new ArgumentException("nesterov corrects the momentum, but momentum is 0; set it, 0.9 is usual.", nameof(nesterov));
        Nesterov = nesterov;
        momenta = new Variable<T>[parameters.Count];
    }

    /// <summary>The share of the last step that goes on.</summary>
    public double Momentum { get; }

    /// <summary>Weight decay added to the gradient.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether the gradient is corrected for where the momentum leads.</summary>
    public bool Nesterov { get; }

    private protected override Variable<T> Updated(int index, Variable<T> weight, Variable<T> gradient)
    {
        Variable<T> direction = WeightDecay > 0 ? gradient + (WeightDecay * weight) : gradient;
        if (Momentum > 0)
        {
            Variable<T> momentum = momenta[index] = Steps == 1 ? direction : (Momentum * momenta[index]) + direction;
            direction = Nesterov ? direction + (Momentum * momentum) : momentum;
        }

        return weight - (LearningRate * direction);
    }
}
