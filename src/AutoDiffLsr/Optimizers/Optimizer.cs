using System.Numerics;
using System.Numerics.Tensors;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Optimizers;

/// <summary>Changes parameters by their gradients: <c>optimizer.Step(tape.Gradients(loss, model.Parameters))</c>. A step allocates nothing.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Optimizer<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly List<NamedTensor<T>> state = [];
    private double learningRate;
    private GradientClipping? clipping;
    private NonFiniteGradients nonFiniteGradients;

    /// <summary>An optimizer of some parameters.</summary>
    /// <param name="parameters">What it changes; each once, at least one.</param>
    /// <param name="learningRate">The first <see cref="LearningRate"/>.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is there twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, not finite, or too large for <typeparamref name="T"/>.</exception>
    protected Optimizer(IReadOnlyList<Parameter<T>> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count == 0)
            throw new ArgumentException("An optimizer needs at least one parameter.", nameof(parameters));
        if (parameters.Distinct().Count() != parameters.Count)
            throw new ArgumentException("A parameter is in the list twice; it would be changed twice a step.", nameof(parameters));
        Parameters = [.. parameters];
        this.learningRate = Setting.NotNegative<T>(learningRate, nameof(learningRate));
        Counters = [new NamedCounter("steps", () => (ulong)Steps, value => Steps = (long)value)];
    }

    /// <summary>What it changes, in order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>How far a step goes, 0 or more. A schedule sets it before each step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, not finite, or too large for <typeparamref name="T"/>.</exception>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = Setting.NotNegative<T>(value, nameof(LearningRate));
    }

    /// <summary>What keeps a step from being too large; null for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Its maximum is 0 in <typeparamref name="T"/>.</exception>
    public GradientClipping? Clipping
    {
        get => clipping;
        set => clipping = value is null || T.CreateTruncating(value.Maximum) > T.Zero ? value : throw new ArgumentOutOfRangeException(
            nameof(Clipping), value.Maximum, $"The maximum of the clipping is {value.Maximum}, which is 0 in {typeof(T).Name}: nothing would move.");
    }

    /// <summary>What happens to a step with a NaN or an infinity in a gradient: it is refused, by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public NonFiniteGradients NonFiniteGradients
    {
        get => nonFiniteGradients;
        set => nonFiniteGradients = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(NonFiniteGradients), value, $"{nameof(NonFiniteGradients)} is {value}; it must be Refuse or Skip.");
    }

    /// <summary>How many steps were made.</summary>
    public long Steps { get; private set; }

    /// <summary>How many steps this object left out for a gradient that was not finite; not saved with the state.</summary>
    public long SkippedSteps { get; private set; }

    /// <summary>What it remembers from step to step, live, each of its parameter's shape: "momentum.0" belongs to the first parameter.</summary>
    public IReadOnlyList<NamedTensor<T>> State => state;

    /// <summary>The whole numbers that it remembers: "steps".</summary>
    public IReadOnlyList<NamedCounter> Counters { get; }

    /// <summary>One line for people: "Sgd, momentum 0.9".</summary>
    public abstract string Description { get; }

    /// <summary>Changes each parameter once; or none, where a gradient is not finite and <see cref="NonFiniteGradients"/> says to skip such steps.</summary>
    /// <param name="gradients">Those of all <see cref="Parameters"/>, as the tape returned them; there may be more.</param>
    /// <exception cref="ArgumentException">The gradient of a parameter was not asked for.</exception>
    /// <exception cref="InvalidOperationException">The tape of the gradients was reset.</exception>
    /// <exception cref="NotFiniteNumberException">A gradient has a NaN or an infinity; nothing has changed then.</exception>
    public void Step(Gradients<T> gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        StepBy(gradients);
    }

    /// <summary>The same for gradients in memory of their own: sums over micro-batches or tapes, or gradients that come from elsewhere.</summary>
    /// <param name="gradients">Those of all <see cref="Parameters"/>; there may be more.</param>
    /// <exception cref="ArgumentException">The gradient of a parameter is missing.</exception>
    /// <exception cref="NotFiniteNumberException">A gradient has a NaN or an infinity; nothing has changed then.</exception>
    public void Step(ParameterGradients<T> gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        StepBy(gradients);
    }

    private void StepBy(IGradientSource<T> gradients)
    {
        // All gradients are looked at before the first parameter changes, so that a missing or spoilt one leaves no half step.
        bool areFinite = true;
        for (int i = 0; i < Parameters.Count; i++)
            areFinite &= TensorPrimitives.IsFiniteAll<T>(gradients.Of(Parameters[i], i));
        if (!areFinite)
        {
            if (NonFiniteGradients == NonFiniteGradients.Refuse)
                throw NotFinite(gradients);
            SkippedSteps++;
            return;
        }

        GradientLimit<T> limit = Clipping?.Limit(gradients, Parameters) ?? GradientLimit<T>.None;
        Steps++;
        BeginStep();
        for (int i = 0; i < Parameters.Count; i++)
            Update(i, gradients.Of(Parameters[i], i), Parameters[i].Update(), limit);
    }

    /// <summary>"Sgd, momentum 0.9".</summary>
    public override string ToString() => Description;

    /// <summary>Computes what is the same for all parameters in this step; <see cref="Steps"/> counts it already.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Changes one parameter.</summary>
    /// <param name="index">Its place in <see cref="Parameters"/>.</param>
    /// <param name="gradient">Its gradient, column by column.</param>
    /// <param name="parameter">Its numbers, to be changed.</param>
    /// <param name="limit">What each entry of the gradient goes through as it is read.</param>
    protected abstract void Update(int index, ReadOnlySpan<T> gradient, Span<T> parameter, GradientLimit<T> limit);

    /// <summary>Memory for each parameter, of its shape, all zeros, that is saved and restored with the optimizer.</summary>
    /// <param name="name">What it is called in <see cref="State"/>, where the parameter's place is added.</param>
    /// <returns>The live numbers, column by column, for each parameter.</returns>
    protected T[][] Remember(string name)
    {
        T[][] memory = new T[Parameters.Count][];
        for (int i = 0; i < memory.Length; i++)
        {
            Shape shape = Parameters[i].Shape;
            memory[i] = AlignedMemory.AllocateZeros<T>(shape.Count);
            state.Add(new NamedTensor<T>($"{name}.{i}", Matrix<T>.Build.Dense(shape.Rows, shape.Columns, memory[i])));
        }

        return memory;
    }

    /// <summary>The first entry of a gradient that is not finite, as a sentence without its full stop; null if there is none.</summary>
    internal string? FindNonFinite(IGradientSource<T> gradients)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameter<T> parameter = Parameters[i];
            ReadOnlySpan<T> gradient = gradients.Of(parameter, i);
            for (int entry = 0; entry < gradient.Length; entry++)
            {
                if (!T.IsFinite(gradient[entry]))
                {
                    (int column, int row) = Math.DivRem(entry, parameter.Shape.Rows);
                    return FormattableString.Invariant(
                        $"The gradient of parameter '{parameter.Name}' ({parameter.Shape}, Parameters[{i}]) is {gradient[entry]} at [{row}, {column}]");
                }
            }
        }

        return null;
    }

    private NotFiniteNumberException NotFinite(IGradientSource<T> gradients) => new(
        $"{FindNonFinite(gradients)}; nothing was changed. Look for what made it (a logarithm or root at 0, a division by 0, a learning rate that is too high), "
        + $"or set {nameof(NonFiniteGradients)} to {NonFiniteGradients.Skip}.");
}
