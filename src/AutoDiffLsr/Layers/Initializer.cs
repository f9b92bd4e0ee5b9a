using System.Numerics;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Layers;

/// <summary>How the numbers of a new weight matrix are chosen. Draws are made in double, so float and double nets of one seed start alike.</summary>
public abstract class Initializer
{
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
