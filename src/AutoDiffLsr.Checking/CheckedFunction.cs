using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.Checks;
using AutoDiffLsr.Layers;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking;

/// <summary>What a gradient check looks at: a function in double, if possible the same generic function in float, and the parameters it uses.</summary>
/// <example>A generic method is named twice, once for each type: <c>CheckedFunction.Of("swish", Swish, Swish)</c>.</example>
public sealed class CheckedFunction
{
    private CheckedFunction(string name, TapeFunction<double> compute, TapeFunction<float>? computeSingle)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(compute);
        (Name, Compute, ComputeSingle) = (name, compute, computeSingle);
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>The function in double.</summary>
    public TapeFunction<double> Compute { get; }

    /// <summary>The same function in float, or null when there is none: then float is not held against double.</summary>
    public TapeFunction<float>? ComputeSingle { get; }

    /// <summary>
    /// Parameters of the function in double: their gradients are checked as those of the inputs are. A check adds those that the function takes from the tape
    /// without their being named here.
    /// </summary>
    public IReadOnlyList<Parameter<double>> Parameters { get; private init; } = [];

    /// <summary>The parameters of the function in float, in the same order; a check gives them the rounded values of those in double.</summary>
    public IReadOnlyList<Parameter<float>> SingleParameters { get; private init; } = [];

    /// <summary>The value by another way, or null: a function that is wrong together with its gradient can only be caught by its value.</summary>
    public Func<IReadOnlyList<Matrix<double>>, Matrix<double>>? Reference { get; private init; }

    /// <summary>What reports call the parameters, where it is not their own names: those of a layer have its places in front.</summary>
    internal IReadOnlyDictionary<Parameter<double>, string> ParameterNames { get; private init; } = new Dictionary<Parameter<double>, string>();

    /// <summary>Which of the parameters nobody named: the function took them from the tape.</summary>
    internal IReadOnlyList<Parameter<double>> FoundParameters { get; private init; } = [];

    /// <summary>The layer behind the function, if it is one.</summary>
    internal Layer<double>? Layer { get; private init; }

    /// <summary>Gives a layer back the state it had before the check.</summary>
    internal Action Restore { get; private init; } = static () => { };

    /// <summary>A layer with its parameters, under the names that they have in files. Each call finds it in the state of now: dropout draws the same mask.</summary>
    /// <param name="layer">The layer; a check leaves its parameters, buffers and counters as they were.</param>
    /// <param name="layerInFloat">The same layer in float, made alike, or null for none.</param>
    /// <returns>What to check.</returns>
    /// <exception cref="ArgumentException">The layer in float has other parameters.</exception>
    public static CheckedFunction Of(Layer<double> layer, Layer<float>? layerInFloat = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Action restore = LayerState.Remember(layer), restoreSingle = layerInFloat is null ? static () => { } : LayerState.Remember(layerInFloat);
        CheckedFunction function = new(
            layer.Description,
            (_, x) => Forward(layer, x[0], restore),
            layerInFloat is null ? null : (_, x) => Forward(layerInFloat, x[0], restoreSingle));
        CheckedFunction whole = function.WithParameters(layer.Parameters, layerInFloat?.Parameters);
        return whole.Copy(restore: restore + restoreSingle, layer: layer, names: LayerState.NamesOf(layer));

        static Variable<T> Forward<T>(Layer<T> layer, Variable<T> x, Action restore)
            where T : struct, IFloatingPointIeee754<T>
        {
            restore();
            return layer.Forward(x);
        }
    }

    /// <summary>A function of one variable.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="compute">The function in double.</param>
    /// <param name="computeSingle">The same function in float.</param>
    /// <returns>What to check.</returns>
    public static CheckedFunction Of(string name, Func<Variable<double>, Variable<double>> compute, Func<Variable<float>, Variable<float>>? computeSingle = null)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return new(name, (_, x) => compute(x[0]), computeSingle is null ? null : (_, x) => computeSingle(x[0]));
    }

    /// <summary>A function of two variables.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="compute">The function in double.</param>
    /// <param name="computeSingle">The same function in float.</param>
    /// <returns>What to check.</returns>
    public static CheckedFunction Of(
        string name,
        Func<Variable<double>, Variable<double>, Variable<double>> compute,
        Func<Variable<float>, Variable<float>, Variable<float>>? computeSingle = null)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return new(name, (_, x) => compute(x[0], x[1]), computeSingle is null ? null : (_, x) => computeSingle(x[0], x[1]));
    }

    /// <summary>A function of any number of variables.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="compute">The function in double.</param>
    /// <param name="computeSingle">The same function in float.</param>
    /// <returns>What to check.</returns>
    public static CheckedFunction Of(string name, TapeFunction<double> compute, TapeFunction<float>? computeSingle = null) => new(name, compute, computeSingle);

    /// <summary>The same function, with parameters that it takes from the tape.</summary>
    /// <param name="parameters">The parameters in double.</param>
    /// <param name="singleParameters">Those in float, in the same order and of the same shapes; needed if there is a function in float.</param>
    /// <returns>What to check.</returns>
    /// <exception cref="ArgumentException">The parameters in float do not match those in double.</exception>
    public CheckedFunction WithParameters(IReadOnlyList<Parameter<double>> parameters, IReadOnlyList<Parameter<float>>? singleParameters = null)
    {
        CheckParameters(parameters, nameof(parameters));
        singleParameters ??= [];
        CheckParameters(singleParameters, nameof(singleParameters));
        if (ComputeSingle is not null && !parameters.Select(p => p.Shape).SequenceEqual(singleParameters.Select(p => p.Shape)))
        {
            throw new ArgumentException(
                $"'{Name}' has parameters [{string.Join(", ", parameters)}] in double and [{string.Join(", ", singleParameters)}] in float: they must be equal in number and shape.",
                nameof(singleParameters));
        }

        return Copy(parameters, singleParameters);
    }

    /// <summary>The same function, whose value is to equal that of another computation.</summary>
    /// <param name="reference">The value from the inputs, computed independently: in plain loops, say.</param>
    /// <returns>What to check.</returns>
    public CheckedFunction WithReference(Func<IReadOnlyList<Matrix<double>>, Matrix<double>> reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Copy(reference: reference);
    }

    /// <summary>The same function with the parameters that it takes from the tape and nobody named.</summary>
    internal CheckedFunction WithFound(IReadOnlyList<Parameter<double>> found, IReadOnlyList<Parameter<float>> foundSingle) =>
        Copy([.. Parameters, .. found], [.. SingleParameters, .. foundSingle], found: found);

    private CheckedFunction Copy(
        IReadOnlyList<Parameter<double>>? parameters = null,
        IReadOnlyList<Parameter<float>>? singleParameters = null,
        Func<IReadOnlyList<Matrix<double>>, Matrix<double>>? reference = null,
        IReadOnlyList<Parameter<double>>? found = null,
        Action? restore = null,
        Layer<double>? layer = null,
        IReadOnlyDictionary<Parameter<double>, string>? names = null) => new(Name, Compute, ComputeSingle)
        {
            Parameters = parameters ?? Parameters,
            SingleParameters = singleParameters ?? SingleParameters,
            Reference = reference ?? Reference,
            FoundParameters = found ?? FoundParameters,
            Restore = restore ?? Restore,
            Layer = layer ?? Layer,
            ParameterNames = names ?? ParameterNames,
        };

    private static void CheckParameters<T>(IReadOnlyList<T> parameters, string argument)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(parameters, argument);
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i] is null)
                throw new ArgumentNullException(argument, $"{argument}[{i}] is null.");
        }

        if (parameters.Distinct().Count() != parameters.Count)
            throw new ArgumentException("A parameter is in the list twice.", argument);
    }
}
