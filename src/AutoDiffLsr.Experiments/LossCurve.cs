using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Losses;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments;

/// <summary>A loss as a function of one number, computed by the loss itself in the precision of <typeparamref name="T"/>.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Values">The loss at each place.</param>
/// <param name="TargetGradients">Its derivative by the label's logit at each place.</param>
public sealed record LossCurve<T>(IReadOnlyList<T> Values, IReadOnlyList<T> TargetGradients)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>The loss of one sample against the probability of its label, while the other classes share the rest equally.</summary>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="probabilities">Places in (0, 1).</param>
    /// <exception cref="ArgumentException">A probability is not in (0, 1), or there are fewer than 2 classes.</exception>
    public static LossCurve<T> AgainstProbability(ClassificationLoss loss, int classes, IReadOnlyList<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        for (int i = 0; i < probabilities.Count; i++)
        {
            if (!(probabilities[i] > 0 && probabilities[i] < 1))
                throw new ArgumentException($"probabilities[{i}] is {probabilities[i]}, but must lie between 0 and 1, both excluded.", nameof(probabilities));
        }

        return AgainstMargin(loss, classes, [.. probabilities.Select(p => Math.Log(p) - Math.Log(1 - p))]);
    }

    /// <summary>The loss of one sample against its margin d = z_t - logsumexp of the other logits, which are equal: here 0, and z_t = d + log(C-1).</summary>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="margins">Places.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 classes.</exception>
    public static LossCurve<T> AgainstMargin(ClassificationLoss loss, int classes, IReadOnlyList<double> margins)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return AgainstMargin((logits, labels) => loss.Compute(logits, labels), classes, margins);
    }

    /// <summary>The same for a loss given as a function of logits (1 x C) and a label.</summary>
    /// <param name="loss">The loss of one sample, 1x1.</param>
    /// <param name="classes">C, at least 2.</param>
    /// <param name="margins">Places.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 classes.</exception>
    public static LossCurve<T> AgainstMargin(Func<Variable<T>, int[], Variable<T>> loss, int classes, IReadOnlyList<double> margins)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(margins);
        if (classes < 2)
            throw new ArgumentException($"classes is {classes}, but a margin needs at least 2.", nameof(classes));
        T[] values = new T[margins.Count], gradients = new T[margins.Count];
        Matrix<T> logits = Matrix<T>.Build.Dense(1, classes);
        using Tape<T> tape = new();
        for (int i = 0; i < values.Length; i++)
        {
            tape.Reset();
            logits[0, 0] = T.CreateTruncating(margins[i] + Math.Log(classes - 1));
            Variable<T> z = tape.Variable(logits), value = loss(z, [0]);
            (values[i], gradients[i]) = (value.Scalar, tape.Gradient(value, z).Value[0, 0]);
        }

        return new LossCurve<T>(values, gradients);
    }
}
