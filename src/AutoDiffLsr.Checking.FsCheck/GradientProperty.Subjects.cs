using System.Runtime.CompilerServices;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Layers;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Checking.FsCheck;

/// <content>Functions with any number of inputs and parameters, layers, and gradients from elsewhere.</content>
public sealed partial class GradientProperty
{
    /// <summary>For a function of any number of inputs, with the parameters that it names; new values are drawn for those too.</summary>
    /// <param name="function">The function. Afterwards its parameters hold the values that they had.</param>
    /// <param name="inputs">How many inputs it takes, 0 or more.</param>
    /// <returns>
    /// The property, for real numbers. The inputs have one shape unless <see cref="WithShapes"/> says otherwise; <see cref="On"/> takes the domains of the inputs
    /// and after them those of the parameters.
    /// </returns>
    public static GradientProperty Of(CheckedFunction function, int inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        return Of(function, inputs, Shapes.Equal(inputs));
    }

    /// <summary>For a layer: its input has the columns that the layer takes, and new values are drawn for its parameters.</summary>
    /// <param name="layer">The layer. Afterwards its parameters hold the values that they had.</param>
    /// <param name="layerInFloat">The same layer in float, made alike, or null for none.</param>
    /// <returns>The property, for real numbers.</returns>
    public static GradientProperty Of(Layer<double> layer, Layer<float>? layerInFloat = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Gen<Shape[]> samples =
            from rows in Shapes.Side
            from columns in Shapes.Side
            select new[] { new Shape(Math.Max(rows, layer.MinimumTrainingRows), layer.InputColumns ?? columns) };
        return Of(CheckedFunction.Of(layer, layerInFloat), 1, samples);
    }

    /// <summary>For a gradient from elsewhere: a function of an array and what is taken for its gradient.</summary>
    /// <param name="gradient">What is taken for its gradient.</param>
    /// <param name="length">How many numbers the function takes; null for any number.</param>
    /// <param name="name">What messages call it; as written in the call by default.</param>
    /// <returns>The property, for real numbers.</returns>
    public static GradientProperty Of(
        Func<double[], double> function, Func<double[], double[]> gradient, int? length = null, [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient);
        return Foreign(name, Lengths(length), (x, options) => GradientCheck.Check(function, gradient, x[0].ToColumnMajorArray(), options, name));
    }

    /// <summary>For a gradient from elsewhere: a function of a vector and what is taken for its gradient.</summary>
    /// <inheritdoc cref="Of(Func{double[], double}, Func{double[], double[]}, int?, string)"/>
    public static GradientProperty Of(
        Func<Vector<double>, double> function, Func<Vector<double>, Vector<double>> gradient, int? length = null, [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient);
        return Foreign(name, Lengths(length), (x, options) => GradientCheck.Check(function, gradient, x[0].Column(0), options, name));
    }

    /// <summary>For a gradient from elsewhere: a function of a matrix and what is taken for its gradient.</summary>
    /// <param name="gradient">What is taken for its gradient: a matrix of the input's shape.</param>
    /// <param name="name">What messages call it; as written in the call by default.</param>
    /// <returns>The property, for real numbers and any shape.</returns>
    public static GradientProperty Of(
        Func<Matrix<double>, double> function, Func<Matrix<double>, Matrix<double>> gradient, [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient);
        return Foreign(name, Shapes.One, (x, options) => GradientCheck.Check(function, gradient, x[0], options, name));
    }

    /// <summary>For gradients from elsewhere: a function of several matrices, inputs and parameters alike, and what is taken for their gradients.</summary>
    /// <param name="gradient">What is taken for the gradients: a matrix for each input, of its shape.</param>
    /// <param name="inputs">How many matrices it takes.</param>
    /// <param name="name">What messages call it; as written in the call by default.</param>
    /// <returns>The property, for real numbers; all inputs have one shape unless <see cref="WithShapes"/> says otherwise.</returns>
    public static GradientProperty Of(
        Func<IReadOnlyList<Matrix<double>>, double> function,
        Func<IReadOnlyList<Matrix<double>>, IReadOnlyList<Matrix<double>>> gradient,
        int inputs,
        [CallerArgumentExpression(nameof(function))] string name = "")
    {
        ThrowIfNull(function, gradient);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        return new(
            name,
            (x, own) => new InputsCase(name, Numbered(inputs), x, own, (values, options) => GradientCheck.Check(function, gradient, values, options, name)),
            Reals(inputs),
            Shapes.Equal(inputs),
            new());
    }

    private static GradientProperty Of(CheckedFunction function, int inputs, Gen<Shape[]> shapes)
    {
        string[] names = [.. Numbered(inputs), .. function.Parameters.Select(parameter => parameter.Name)];
        return new(
            function.Name,
            (x, own) => new InputsCase(function.Name, names, x, own, (values, options) => AtParameters(function, values, inputs, options)),
            Reals(names.Length),
            shapes.Select(drawn => (Shape[])[.. drawn, .. function.Parameters.Select(parameter => parameter.Shape)]),
            new());
    }

    private static CheckReport AtParameters(CheckedFunction function, IReadOnlyList<Matrix<double>> values, int inputs, CheckOptions options)
    {
        Matrix<double>[] before = [.. function.Parameters.Select(parameter => parameter.Value.Clone())];
        try
        {
            for (int i = 0; i < before.Length; i++)
                function.Parameters[i].Assign(values[inputs + i]);
            return GradientCheck.Check(function, [.. values.Take(inputs)], options);
        }
        finally
        {
            for (int i = 0; i < before.Length; i++)
                function.Parameters[i].Assign(before[i]);
        }
    }

    private static GradientProperty Foreign(string name, Gen<Shape[]> shapes, Func<IReadOnlyList<Matrix<double>>, CheckOptions, CheckReport> check) =>
        new(name, (x, own) => new InputsCase(name, ["x"], x, own, check), [Domain.Real], shapes, new());

    private static Gen<Shape[]> Lengths(int? length)
    {
        if (length is not { } fixedLength)
            return Shapes.Side.Select(side => new[] { new Shape(side, 1) });
        ArgumentOutOfRangeException.ThrowIfLessThan(fixedLength, 1, nameof(length));
        return Gen.Constant(new[] { new Shape(fixedLength, 1) });
    }

    private static Domain[] Reals(int count) => [.. Enumerable.Repeat(Domain.Real, count)];

    private static string[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(i => $"x{i}")];

    private static void ThrowIfNull(object? function, object? gradient)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
    }
}
