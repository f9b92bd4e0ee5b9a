using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Autodiff;

/// <summary>
/// All numbers of some parameters as one vector, each parameter column by column, in order: for optimizers that know vectors only, such as MathNet's BFGS and
/// Newton.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example>
/// <code>
/// FlatParameters&lt;double&gt; flat = new(model.Parameters);
/// IObjectiveFunction objective = ObjectiveFunction.Gradient(point =>
/// {
///     flat.Assign(point);
///     tape.Reset();
///     Variable&lt;double&gt; loss = Loss(model, tape);
///     return (loss.Scalar, flat.Gather(tape.Gradients(loss, model.Parameters)));
/// });
/// flat.Assign(new BfgsMinimizer(1e-8, 1e-8, 1e-8).FindMinimum(objective, flat.ToVector()).MinimizingPoint);
/// </code>
/// </example>
public sealed class FlatParameters<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>A view of some parameters.</summary>
    /// <param name="parameters">The parameters, in the order of the vector.</param>
    public FlatParameters(IReadOnlyList<Parameter<T>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = [.. parameters];
        Count = parameters.Sum(parameter => parameter.Shape.Count);
    }

    /// <summary>The parameters, in the order of the vector.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>How many numbers there are.</summary>
    public int Count { get; }

    /// <summary>The values now.</summary>
    /// <returns>A vector of its own.</returns>
    public MathNet.Numerics.LinearAlgebra.Vector<T> ToVector() => Concatenated(static (parameter, _) => parameter.Data);

    /// <summary>Replaces the values.</summary>
    /// <param name="values">As many numbers as there are.</param>
    /// <exception cref="ArgumentException">The count is another.</exception>
    public void Assign(MathNet.Numerics.LinearAlgebra.Vector<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Count)
            throw new ArgumentException($"There are {values.Count} values for {Count} numbers of the parameters.", nameof(values));
        int start = 0;
        foreach (Parameter<T> parameter in Parameters)
        {
            Span<T> target = parameter.Update();
            for (int i = 0; i < target.Length; i++)
                target[i] = values[start + i];
            start += target.Length;
        }
    }

    /// <summary>Gradients as one vector.</summary>
    /// <param name="gradients">Those of all parameters; there may be more.</param>
    /// <returns>A vector of its own.</returns>
    /// <exception cref="ArgumentException">The gradient of a parameter was not asked for.</exception>
    public MathNet.Numerics.LinearAlgebra.Vector<T> Gather(Gradients<T> gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        return Concatenated((parameter, place) => gradients.Of(parameter, place).Value.Data());
    }

    private MathNet.Numerics.LinearAlgebra.Vector<T> Concatenated(Func<Parameter<T>, int, T[]> part)
    {
        T[] all = new T[Count];
        int start = 0;
        for (int i = 0; i < Parameters.Count; i++)
        {
            T[] numbers = part(Parameters[i], i);
            numbers.CopyTo(all, start);
            start += numbers.Length;
        }

        return MathNet.Numerics.LinearAlgebra.Vector<T>.Build.Dense(all);
    }
}
