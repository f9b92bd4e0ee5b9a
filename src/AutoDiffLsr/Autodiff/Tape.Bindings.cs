namespace AutoDiffLsr.Autodiff;

/// <content>Models called with other weights than their own.</content>
public sealed partial class Tape<T>
{
    private readonly List<(Parameter<T> Parameter, Variable<T> Value)> bindings = [];

    /// <summary>
    /// Lets parameters stand for other values on this tape until the result is disposed, so that a model is called with updated weights:
    /// <c>using (tape.Bind(model.Parameters, updated)) loss = Loss(model.Forward(x));</c>. For meta-learning and unrolled training.
    /// </summary>
    /// <param name="parameters">The parameters. A binding inside another one hides it.</param>
    /// <param name="values">What <see cref="Parameter"/> gives instead of each, in the same order; of any history.</param>
    /// <returns>What ends the binding.</returns>
    /// <remarks>
    /// Gradients asked for by parameter are those of the parameters themselves, as far as the values depend on them; gradients with respect to the values
    /// are asked for by variable. <see cref="Reset"/> ends all bindings.
    /// </remarks>
    /// <exception cref="ArgumentException">The counts or a shape differ, or a value is on another tape.</exception>
    public BindingScope<T> Bind(IReadOnlyList<Parameter<T>> parameters, ReadOnlySpan<Variable<T>> values)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (values.Length != parameters.Count)
            throw new ArgumentException($"There are {values.Length} values for {parameters.Count} parameters.", nameof(values));
        for (int i = 0; i < values.Length; i++)
        {
            OwnOrThrow(values[i], $"values[{i}]");
            if (values[i].Shape != parameters[i].Shape)
                throw new ArgumentException($"values[{i}] is {values[i].Shape}, parameter '{parameters[i].Name}' is {parameters[i].Shape}: they must be equal.", nameof(values));
        }

        int before = bindings.Count;
        for (int i = 0; i < values.Length; i++)
            bindings.Add((parameters[i], values[i]));
        return new BindingScope<T>(this, before);
    }

    /// <summary>Ends the bindings made since there were this many.</summary>
    internal void Unbind(int before)
    {
        if (bindings.Count > before) // a Reset ended them already
            bindings.RemoveRange(before, bindings.Count - before);
    }

    /// <summary>The latest value that a parameter stands for.</summary>
    private bool IsBound(Parameter<T> parameter, out Variable<T> value)
    {
        for (int i = bindings.Count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(bindings[i].Parameter, parameter))
            {
                value = bindings[i].Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
