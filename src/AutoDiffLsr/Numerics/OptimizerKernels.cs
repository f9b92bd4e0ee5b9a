using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The update rules of the optimizers, each in one pass over the memory of one parameter. All spans have the same length. Vector and remaining entries go
/// through the same operations in the same order, so a number's place does not change its bits.
/// </summary>
/// <remarks>
/// Momentum of units that no longer get a gradient decays into denormal numbers, which are many times slower to compute with, and stays there.
/// Averages too small to matter are therefore set to 0.
/// </remarks>
internal static class OptimizerKernels
{
    /// <summary>What an average must reach to be kept: far below what moves a parameter, far above the denormals.</summary>
    public static T Smallest<T>()
        where T : struct, IFloatingPointIeee754<T> => T.CreateTruncating(typeof(T) == typeof(float) ? 1e-30 : 1e-290);

    /// <summary>p -= rate·g, with g = limited gradient + decay·p.</summary>
    public static void Descend<T>(Span<T> p, ReadOnlySpan<T> gradient, GradientLimit<T> limit, in DescentStep<T> step)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = DescendVectors<Off, T>(p, gradient, p, limit, step); i < p.Length; i++)
            p[i] -= step.Rate * (limit.Apply(gradient[i]) + (step.Decay * p[i]));
    }

    /// <summary>m = momentum·m + g, then p -= rate·m, or p -= rate·(g + momentum·m) with Nesterov's correction.</summary>
    public static void DescendWithMomentum<T>(Span<T> p, ReadOnlySpan<T> gradient, Span<T> m, GradientLimit<T> limit, in DescentStep<T> step)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = DescendVectors<On, T>(p, gradient, m, limit, step); i < p.Length; i++)
        {
            T g = limit.Apply(gradient[i]) + (step.Decay * p[i]);
            m[i] = Flush((step.Momentum * m[i]) + g);
            p[i] -= step.Rate * (step.Nesterov ? g + (step.Momentum * m[i]) : m[i]);
        }
    }

    /// <summary>m += (1 - β1)(g - m), v = β2·v + (1 - β2)·g², p = shrink·p - rate·m / (√v·unbias + ε).</summary>
    public static void Adam<T>(Span<T> p, ReadOnlySpan<T> gradient, Span<T> m, Span<T> v, GradientLimit<T> limit, in AdamStep<T> step)
        where T : struct, IFloatingPointIeee754<T>
    {
        int i = 0;
        AdamStep<T> s = step;
        Vector<T> decays = new(s.Decay), shrinks = new(s.Shrink), rates = new(s.Rate), epsilons = new(s.Epsilon), unbias = new(s.Unbias);
        Vector<T> new1 = new(s.NewFirst), old2 = new(s.OldSecond), new2 = new(s.NewSecond), smallest = new(Smallest<T>());
        for (; i <= p.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> x = new(p[i..]), g = limit.Apply(new Vector<T>(gradient[i..])) + (decays * x), first = new(m[i..]);
            first = Flush(first + (new1 * (g - first)), smallest);
            Vector<T> second = Flush((old2 * new Vector<T>(v[i..])) + (new2 * (g * g)), smallest);
            first.CopyTo(m[i..]);
            second.CopyTo(v[i..]);
            ((shrinks * x) - (rates * first / ((Vector.SquareRoot(second) * unbias) + epsilons))).CopyTo(p[i..]);
        }

        for (; i < p.Length; i++)
        {
            T g = limit.Apply(gradient[i]) + (s.Decay * p[i]);
            m[i] = Flush(m[i] + (s.NewFirst * (g - m[i])));
            v[i] = Flush((s.OldSecond * v[i]) + (s.NewSecond * (g * g)));
            p[i] = (s.Shrink * p[i]) - (s.Rate * m[i] / ((T.Sqrt(v[i]) * s.Unbias) + s.Epsilon));
        }
    }

    /// <summary>v = α·v + (1 - α)·g², m = momentum·m + g / (√v + ε), p -= rate·m.</summary>
    public static void RmsProp<T>(Span<T> p, ReadOnlySpan<T> gradient, Span<T> v, Span<T> m, GradientLimit<T> limit, in RmsPropStep<T> step)
        where T : struct, IFloatingPointIeee754<T>
    {
        int i = 0;
        RmsPropStep<T> s = step;
        Vector<T> decays = new(s.Decay), rates = new(s.Rate), momenta = new(s.Momentum), epsilons = new(s.Epsilon);
        Vector<T> old = new(s.OldSecond), fresh = new(s.NewSecond), smallest = new(Smallest<T>());
        for (; i <= p.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> x = new(p[i..]), g = limit.Apply(new Vector<T>(gradient[i..])) + (decays * x);
            Vector<T> second = Flush((old * new Vector<T>(v[i..])) + (fresh * (g * g)), smallest);
            Vector<T> direction = g / (Vector.SquareRoot(second) + epsilons);
            second.CopyTo(v[i..]);
            if (!m.IsEmpty)
            {
                direction = Flush((momenta * new Vector<T>(m[i..])) + direction, smallest);
                direction.CopyTo(m[i..]);
            }

            (x - (rates * direction)).CopyTo(p[i..]);
        }

        for (; i < p.Length; i++)
        {
            T g = limit.Apply(gradient[i]) + (s.Decay * p[i]);
            v[i] = Flush((s.OldSecond * v[i]) + (s.NewSecond * (g * g)));
            T direction = g / (T.Sqrt(v[i]) + s.Epsilon);
            if (!m.IsEmpty)
                m[i] = direction = Flush((s.Momentum * m[i]) + direction);
            p[i] -= s.Rate * direction;
        }
    }

    /// <summary>The sum of squares, accumulated in double, so that a float gradient of any size has a norm.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            return double.CreateTruncating(TensorPrimitives.SumOfSquares(x));
        Span<double> wide = stackalloc double[256];
        double sum = 0;
        for (; !x.IsEmpty; x = x[Math.Min(wide.Length, x.Length)..])
        {
            Span<double> block = wide[..Math.Min(wide.Length, x.Length)];
            TensorPrimitives.ConvertTruncating(x[..block.Length], block);
            sum += TensorPrimitives.SumOfSquares<double>(block);
        }

        return sum;
    }

    private static int DescendVectors<TMomentum, T>(Span<T> p, ReadOnlySpan<T> gradient, Span<T> m, in GradientLimit<T> limit, in DescentStep<T> step)
        where TMomentum : struct, ISwitch
        where T : struct, IFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(p), slope = ref MemoryMarshal.GetReference(gradient[..p.Length]), average = ref MemoryMarshal.GetReference(m[..p.Length]);
        return InstructionSets.Best switch
        {
            InstructionSet.Avx512 => DescentLanes<Lanes512<T>, T>.Run<TMomentum>(p.Length, ref first, ref slope, ref average, limit, step),
            InstructionSet.Avx2 => DescentLanes<Lanes256<T>, T>.Run<TMomentum>(p.Length, ref first, ref slope, ref average, limit, step),
            _ => DescentLanes<Lanes128<T>, T>.Run<TMomentum>(p.Length, ref first, ref slope, ref average, limit, step),
        };
    }

    private static Vector<T> Flush<T>(Vector<T> value, Vector<T> smallest)
        where T : struct, IFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(value), smallest), Vector<T>.Zero, value);

    private static T Flush<T>(T value)
        where T : struct, IFloatingPointIeee754<T> => T.Abs(value) < Smallest<T>() ? T.Zero : value;
}
