using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>How the numbers of a new weight matrix are chosen. Draws are made in double, so float and double nets of one seed start alike.</summary>
public abstract class Initializer
{
    /// <summary>What <see cref="Named"/> takes: "kaiming-normal" and so on.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fan-in-uniform", "kaiming-normal", "kaiming-uniform", "xavier-normal", "xavier-uniform", "zeros"];

    /// <summary>All zeros.</summary>
    public static Initializer Zeros { get; } = new ZerosInitializer();

    /// <summary>
    /// What PyTorch's <c>Linear</c> does, the default of <see cref="Dense{T}"/>: uniform in ±1/√fan-in, which is <see cref="KaimingUniform"/> of slope √5.
    /// </summary>
    public static Initializer FanInUniform { get; } = KaimingUniform(Math.Sqrt(5));

    /// <summary>Normal of standard deviation √(2 / ((1 + slope²)·fan-in)) (He et al. 2015, arXiv 1502.01852): keeps the variance through ReLU layers.</summary>
    /// <param name="slope">The negative slope of the activation that follows: 0 for ReLU.</param>
    /// <returns>The initializer.</returns>
    public static Initializer KaimingNormal(double slope = 0) => new NormalInitializer(Kaiming(slope));

    /// <summary>Uniform of the same standard deviation as <see cref="KaimingNormal"/>: in ±√3 times it.</summary>
    /// <param name="slope">The negative slope of the activation that follows: 0 for ReLU.</param>
    /// <returns>The initializer.</returns>
    public static Initializer KaimingUniform(double slope = 0) => new UniformInitializer(Kaiming(slope));

    /// <summary>Normal of standard deviation gain·√(2 / (fan-in + fan-out)) (Glorot and Bengio 2010).</summary>
    /// <param name="gain">The factor of the activation that follows: 1 for none or sigmoid, 5/3 for tanh, √2 for ReLU.</param>
    /// <returns>The initializer.</returns>
    public static Initializer XavierNormal(double gain = 1) => new NormalInitializer(Xavier(gain));

    /// <summary>Uniform of the same standard deviation as <see cref="XavierNormal"/>: in ±√3 times it.</summary>
    /// <param name="gain">The factor of the activation that follows: 1 for none or sigmoid, 5/3 for tanh, √2 for ReLU.</param>
    /// <returns>The initializer.</returns>
    public static Initializer XavierUniform(double gain = 1) => new UniformInitializer(Xavier(gain));

    /// <summary>The initializer of a name that a configuration or a command line holds, with the defaults of its slope or gain.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case; an underscore stands for a hyphen, as in PyTorch's names, "he" for "kaiming" and "glorot" for "xavier".</param>
    /// <returns>The initializer.</returns>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static Initializer Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = name.Trim().TrimEnd('_').Replace('_', '-').ToLowerInvariant();
        return plain switch
        {
            "fan-in-uniform" => FanInUniform,
            "kaiming-normal" or "he-normal" => KaimingNormal(),
            "kaiming-uniform" or "he-uniform" => KaimingUniform(),
            "xavier-normal" or "glorot-normal" => XavierNormal(),
            "xavier-uniform" or "glorot-uniform" => XavierUniform(),
            "zeros" => Zeros,
            _ => throw new ArgumentException($"There is no initializer '{name}'; there are {string.Join(", ", Names)}.", nameof(name)),
        };
    }

    /// <summary>Fills the numbers of one parameter.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">What is filled, column by column.</param>
    /// <param name="fanIn">The number of inputs of the layer.</param>
    /// <param name="fanOut">The number of outputs of the layer.</param>
    /// <param name="random">Where the numbers are drawn from.</param>
    public abstract void Fill<T>(Span<T> values, int fanIn, int fanOut, RandomSource random)
        where T : struct, IFloatingPointIeee754<T>;

    private static Func<int, int, double> Kaiming(double slope)
    {
        double factor = 1 + (Setting.Finite<float>(slope, nameof(slope)) * slope);
        return (fanIn, _) => Math.Sqrt(2 / (factor * fanIn));
    }

    private static Func<int, int, double> Xavier(double gain)
    {
        double factor = Setting.Positive<float>(gain, nameof(gain));
        return (fanIn, fanOut) => factor * Math.Sqrt(2.0 / (fanIn + fanOut));
    }
}
