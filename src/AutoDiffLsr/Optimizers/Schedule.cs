using System.Globalization;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Optimizers;

/// <summary>
/// How the learning rate changes: a factor of its base value by how far training is. The distance is in whatever you count;
/// a trainer counts epochs and parts of them.
/// </summary>
/// <example><code>Schedule schedule = Schedule.LinearWarmup(2).Then(Schedule.Cosine(28));</code></example>
public abstract class Schedule
{
    /// <summary>Always 1, without end.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>How long it lasts; infinite for one without end. Afterwards it stays at its last factor.</summary>
    public abstract double Length { get; }

    /// <summary>One line for people: "cosine over 30".</summary>
    public abstract string Description { get; }

    /// <summary>Multiplied by <paramref name="factor"/> at each milestone, without end.</summary>
    /// <param name="factor">What the rate is multiplied by, positive.</param>
    /// <param name="milestones">When, in rising order, each finite and 0 or more.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentException">The factor is not positive and finite, or the milestones do not rise.</exception>
    public static Schedule MultiStep(double factor, params double[] milestones)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        Setting.Positive<double>(factor, nameof(factor));
        for (int i = 0; i < milestones.Length; i++)
        {
            if (!(milestones[i] >= 0 && double.IsFinite(milestones[i])))
                throw new ArgumentException($"milestones[{i}] is {milestones[i]}; it must be a finite number, 0 or more.", nameof(milestones));
            if (i > 0 && milestones[i] <= milestones[i - 1])
                throw new ArgumentException($"milestones[{i}] is {milestones[i]}, after {milestones[i - 1]}; they must rise.", nameof(milestones));
        }

        return new MultiStepSchedule(factor, [.. milestones]);
    }

    /// <summary>factor^t, without end; PyTorch's <c>ExponentialLR</c>.</summary>
    /// <param name="factor">What the rate is multiplied by in each unit of distance, positive and finite.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not positive and finite.</exception>
    public static Schedule Exponential(double factor) => new ExponentialSchedule(Setting.Positive<double>(factor, nameof(factor)));

    /// <summary>From <paramref name="floor"/> up to 1 and down again along lines, without end (Smith 2017, arXiv 1506.01186); PyTorch's triangular <c>CyclicLR</c>.</summary>
    /// <param name="length">How long a cycle takes, positive.</param>
    /// <param name="floor">The factor at the ends of a cycle, 0 or more.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Schedule Cyclic(double length, double floor = 0.1)
    {
        Setting.Positive<double>(length, nameof(length));
        Setting.NotNegative<double>(floor, nameof(floor));
        return new CyclicSchedule(length, floor);
    }

    /// <summary>
    /// Multiplied by <paramref name="factor"/> whenever a measured value, such as the validation loss, has not improved for more than <paramref name="patience"/>
    /// values; without end. PyTorch's <c>ReduceLROnPlateau</c>, but a function of what was measured, so that it goes on after a checkpoint as it would have.
    /// </summary>
    /// <param name="factor">What the rate is multiplied by, in (0, 1).</param>
    /// <param name="patience">How many values in a row may pass without improvement, 0 or more.</param>
    /// <param name="threshold">By which share of the best value so far a value must be better to be an improvement, in [0, 1).</param>
    /// <param name="cooldown">How many values after a reduction do not count as lacking improvement, 0 or more.</param>
    /// <param name="floor">The smallest factor, 0 or more.</param>
    /// <returns>The schedule. A trainer feeds it what it monitors; in a loop of your own, hand the values to <see cref="Factor(double, ReadOnlySpan{double}, bool)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Schedule ReduceOnPlateau(double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double floor = 0)
    {
        if (!(factor > 0 && factor < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, FormattableString.Invariant($"factor is {factor}; it must be in (0, 1)."));
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        return new PlateauSchedule(factor, patience, Setting.Share(threshold, nameof(threshold)), cooldown, Setting.NotNegative<double>(floor, nameof(floor)));
    }

    /// <summary>From 1 down to <paramref name="floor"/> along half a cosine: floor + (1 - floor)·(1 + cos(π·t / length)) / 2 (Loshchilov and Hutter 2017, arXiv 1608.03983).</summary>
    /// <param name="length">How long it takes, positive.</param>
    /// <param name="floor">The last factor, 0 or more.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Schedule Cosine(double length, double floor = 0)
    {
        Setting.Positive<double>(length, nameof(length));
        Setting.NotNegative<double>(floor, nameof(floor));
        return new CosineSchedule(length, floor);
    }

    /// <summary>From <paramref name="start"/> up to 1 along a line.</summary>
    /// <param name="length">How long it takes, positive.</param>
    /// <param name="start">The first factor, 0 or more; a third by default, as PyTorch's <c>LinearLR</c>.</param>
    /// <returns>The schedule; continue it with <see cref="Then"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Schedule LinearWarmup(double length, double start = 1.0 / 3)
    {
        Setting.Positive<double>(length, nameof(length));
        Setting.NotNegative<double>(start, nameof(start));
        return new LinearWarmupSchedule(length, start);
    }

    /// <summary>The factor of the learning rate.</summary>
    /// <param name="position">How far training is, 0 or more.</param>
    /// <returns>The factor, 0 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is negative or NaN.</exception>
    public double Factor(double position) => Factor(position, []);

    /// <summary>The factor of the learning rate where it may depend on what was measured (<see cref="ReduceOnPlateau"/>).</summary>
    /// <param name="position">How far training is, 0 or more.</param>
    /// <param name="measured">What was measured so far, such as the validation loss after each epoch: the first value at position 1, the next at 2.</param>
    /// <param name="lowerIsBetter">Whether a lower value is a better one.</param>
    /// <returns>The factor, 0 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is negative or NaN.</exception>
    public double Factor(double position, ReadOnlySpan<double> measured, bool lowerIsBetter = true)
    {
        if (!(position >= 0))
            throw new ArgumentOutOfRangeException(nameof(position), position, $"The position is {position}; it must be 0 or more.");
        return At(Math.Min(position, Length), measured, lowerIsBetter);
    }

    /// <summary>The same, cut to a length.</summary>
    /// <param name="length">How long it lasts, positive.</param>
    /// <returns>The schedule; continue it with <see cref="Then"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not positive.</exception>
    public Schedule For(double length)
    {
        Setting.Positive<double>(length, nameof(length));
        return new CutSchedule(this, length);
    }

    /// <summary>This schedule, and another one from its end on.</summary>
    /// <param name="next">What comes then; it counts from 0.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidOperationException">This schedule has no end.</exception>
    public Schedule Then(Schedule next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return double.IsFinite(Length) ? new SequenceSchedule(this, next) : throw new InvalidOperationException(
            $"The schedule '{Description}' has no end, so nothing can come after it; cut it with For(length).");
    }

    /// <summary><see cref="Description"/>.</summary>
    public override string ToString() => Description;

    /// <summary>The factor at a position of at most <see cref="Length"/>.</summary>
    /// <param name="position">How far training is.</param>
    /// <returns>The factor.</returns>
    protected abstract double At(double position);

    /// <summary>The factor at a position of at most <see cref="Length"/>, of what was measured so far; by default, that does not matter.</summary>
    private protected virtual double At(double position, ReadOnlySpan<double> measured, bool lowerIsBetter) => At(position);

    private sealed class ConstantSchedule : Schedule
    {
        public override double Length => double.PositiveInfinity;

        public override string Description => "constant";

        protected override double At(double position) => 1;
    }

    private sealed class MultiStepSchedule(double factor, double[] milestones) : Schedule
    {
        public override double Length => double.PositiveInfinity;

        public override string Description => FormattableString.Invariant($"times {factor} at {string.Join(", ", milestones.Select(at => at.ToString(CultureInfo.InvariantCulture)))}");

        protected override double At(double position)
        {
            double product = 1;
            foreach (double milestone in milestones)
            {
                if (position >= milestone)
                    product *= factor;
            }

            return product;
        }
    }

    private sealed class ExponentialSchedule(double factor) : Schedule
    {
        public override double Length => double.PositiveInfinity;

        public override string Description => FormattableString.Invariant($"times {factor} each");

        protected override double At(double position) => Math.Pow(factor, position);
    }

    private sealed class CyclicSchedule(double length, double floor) : Schedule
    {
        public override double Length => double.PositiveInfinity;

        public override string Description => FormattableString.Invariant($"cycles of {length}");

        protected override double At(double position)
        {
            double part = position / length % 1;
            return floor + ((1 - floor) * (1 - Math.Abs((2 * part) - 1)));
        }
    }

    private sealed class PlateauSchedule(double factor, int patience, double threshold, int cooldown, double floor) : Schedule
    {
        public override double Length => double.PositiveInfinity;

        public override string Description => FormattableString.Invariant($"times {factor} after {patience} without improvement");

        protected override double At(double position) => 1;

        private protected override double At(double position, ReadOnlySpan<double> measured, bool lowerIsBetter)
        {
            double product = 1, best = double.NaN;
            int waited = 0, resting = 0;
            foreach (double value in measured)
            {
                double least = threshold * Math.Abs(best);
                bool isBetter = double.IsNaN(best) ? !double.IsNaN(value) : lowerIsBetter ? value < best - least : value > best + least;
                (best, waited) = isBetter ? (value, 0) : (best, waited + 1);
                if (resting > 0)
                    (resting, waited) = (resting - 1, 0);
                if (waited > patience)
                    (product, resting, waited) = (Math.Max(product * factor, Math.Min(product, floor)), cooldown, 0);
            }

            return product;
        }
    }

    private sealed class CosineSchedule(double length, double floor) : Schedule
    {
        public override double Length => length;

        public override string Description => FormattableString.Invariant($"cosine over {length}");

        protected override double At(double position) => floor + ((1 - floor) * (1 + Math.Cos(Math.PI * position / length)) / 2);
    }

    private sealed class LinearWarmupSchedule(double length, double start) : Schedule
    {
        public override double Length => length;

        public override string Description => FormattableString.Invariant($"linear warm-up over {length}");

        protected override double At(double position) => start + ((1 - start) * position / length);
    }

    private sealed class CutSchedule(Schedule whole, double length) : Schedule
    {
        public override double Length => length;

        public override string Description => FormattableString.Invariant($"{whole.Description} for {length}");

        protected override double At(double position) => At(position, [], true);

        private protected override double At(double position, ReadOnlySpan<double> measured, bool lowerIsBetter) =>
            whole.Factor(position, measured[..(int)Math.Min(measured.Length, length)], lowerIsBetter);
    }

    private sealed class SequenceSchedule(Schedule first, Schedule next) : Schedule
    {
        public override double Length => first.Length + next.Length;

        public override string Description => $"{first.Description}, then {next.Description}";

        protected override double At(double position) => At(position, [], true);

        private protected override double At(double position, ReadOnlySpan<double> measured, bool lowerIsBetter) => position < first.Length
            ? first.Factor(position, measured, lowerIsBetter)
            : next.Factor(position - first.Length, measured[(int)Math.Min(measured.Length, first.Length)..], lowerIsBetter);
    }
}
