using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The update rules of the optimizers, each in one pass over the memory of one parameter. All spans have the same length. Vector and remaining entries go
/// through the same operations in the same order, so a number's place does not change its bits.
/// </summary>
/// <remarks>
/// <para>Momentum of units that no longer get a gradient decays into denormal numbers, which are many times slower to compute with, and stays there.
/// Means of gradients too small to matter are therefore set to 0.</para>
/// <para>A mean of squares is as small as the square of a small gradient, which still decides the size of a step. It is set to 0 only below the normal
/// numbers, and only while its entry gets no gradient. Where the divisor is 0 nonetheless (ε is 0, and every square was too small for T), the entry
/// does not move.</para>
/// </remarks>
internal static class OptimizerKernels
{
    /// <summary>The size from which a mean of gradients is kept: far below what moves a parameter, far above the denormals.</summary>
    public static T Smallest<T>()
        where T : struct, IFloatingPointIeee754<T> => T.CreateTruncating(typeof(T) == typeof(float) ? 1e-30 : 1e-290);

    /// <summary>The size from which a mean of squares is kept where there is no gradient any more: the smallest normal number.</summary>
    private static T SmallestSquare<T>()
        where T : struct, IFloatingPointIeee754<T> => T.CreateTruncating(typeof(T) == typeof(float) ? 1.1754943508222875e-38 : 2.2250738585072014e-308);

    /// <summary>p -= rate·g, with g = limited gradient + decay·p.</summary>
    public static void Descend<T>(Span<T> p, ReadOnlySpan<T> gradient, GradientLimit<T> limit, in DescentStep<T> step)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = DescendVectors<Off, T>(p, gradient, p, limit, step); i < p.Length; i++)
            p[i] -= step.Rate * (limit.Apply(gradient[i]) + (step.Decay * p[i]));
    }

    /// <summary>m = momentum·m + gain·g, then p -= rate·m, or p -= rate·(g + momentum·m) with Nesterov's correction.</summary>
    public static void DescendWithMomentum<T>(Span<T> p, ReadOnlySpan<T> gradient, Span<T> m, GradientLimit<T> limit, in DescentStep<T> step)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = DescendVectors<On, T>(p, gradient, m, limit, step); i < p.Length; i++)
        {
            T g = limit.Apply(gradient[i]) + (step.Decay * p[i]);
            m[i] = Flush((step.Momentum * m[i]) + (step.Gain * g));
            p[i] -= step.Rate * (step.Nesterov ? g + (step.Momentum * m[i]) : m[i]);
        }
    }

    /// <summary>
    /// m += (1 - β1)(g - m), v = β2·v + (1 - β2)·g², p = shrink·p - rate·m / (√v·unbias + ε). AMSGrad divides by the largest v so far, which is kept in
    /// <paramref name="largest"/>; it is empty without.
    /// </summary>
    public static void Adam<T>(Span<T> p, ReadOnlySpan<T> gradient, Span<T> m, Span<T> v, Span<T> largest, GradientLimit<T> limit, in AdamStep<T> step)
        where T : struct, IFloatingPointIeee754<T>
    {
        int i = 0;
        AdamStep<T> s = step;
        Vector<T> decays = new(s.Decay), shrinks = new(s.Shrink), rates = new(s.Rate), epsilons = new(s.Epsilon), unbias = new(s.Unbias);
        Vector<T> new1 = new(s.NewFirst), old2 = new(s.OldSecond), new2 = new(s.NewSecond), smallest = new(Smallest<T>()), smallestSquare = new(SmallestSquare<T>());
        for (; i <= p.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> x = new(p[i..]), g = limit.Apply(new Vector<T>(gradient[i..])) + (decays * x), first = new(m[i..]);
            first = Flush(first + (new1 * (g - first)), smallest);
            Vector<T> second = FlushSquare((old2 * new Vector<T>(v[i..])) + (new2 * (g * g)), first, smallestSquare);
            first.CopyTo(m[i..]);
            second.CopyTo(v[i..]);
            if (!largest.IsEmpty)
            {
                second = Vector.Max(second, new Vector<T>(largest[i..]));
                second.CopyTo(largest[i..]);
            }

            ((shrinks * x) - Quotient(rates * first, (Vector.SquareRoot(second) * unbias) + epsilons)).CopyTo(p[i..]);
        }

        for (; i < p.Length; i++)
        {
            T g = limit.Apply(gradient[i]) + (s.Decay * p[i]);
            m[i] = Flush(m[i] + (s.NewFirst * (g - m[i])));
            T second = v[i] = FlushSquare((s.OldSecond * v[i]) + (s.NewSecond * (g * g)), m[i]);
            if (!largest.IsEmpty)
                second = largest[i] = T.Max(second, largest[i]);
            p[i] = (s.Shrink * p[i]) - Quotient(s.Rate * m[i], (T.Sqrt(second) * s.Unbias) + s.Epsilon);
        }
    }

    /// <summary>
    /// v = α·v + (1 - α)·g², m = momentum·m + g / (√v + ε), p -= rate·m; <paramref name="m"/> is empty without momentum. The centered form divides by
    /// √(v - a²) + ε, with the mean of gradients a = α·a + (1 - α)·g in <paramref name="mean"/>; it is empty without.
    /// </summary>
    public static void RmsProp<T>(Span<T> p, ReadOnlySpan<T> gradient, Span<T> v, Span<T> m, Span<T> mean, GradientLimit<T> limit, in RmsPropStep<T> step)
        where T : struct, IFloatingPointIeee754<T>
    {
        int i = 0;
        RmsPropStep<T> s = step;
        Vector<T> decays = new(s.Decay), rates = new(s.Rate), momenta = new(s.Momentum), epsilons = new(s.Epsilon);
        Vector<T> old = new(s.OldSecond), fresh = new(s.NewSecond), smallest = new(Smallest<T>()), smallestSquare = new(SmallestSquare<T>());
        for (; i <= p.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> x = new(p[i..]), g = limit.Apply(new Vector<T>(gradient[i..])) + (decays * x);
            Vector<T> second = FlushSquare((old * new Vector<T>(v[i..])) + (fresh * (g * g)), g, smallestSquare);
            second.CopyTo(v[i..]);
            if (!mean.IsEmpty)
            {
                Vector<T> average = Flush((old * new Vector<T>(mean[i..])) + (fresh * g), smallest);
                average.CopyTo(mean[i..]);
                second = Vector.Max(second - (average * average), Vector<T>.Zero);
            }

            Vector<T> direction = Quotient(g, Vector.SquareRoot(second) + epsilons);
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
            T second = v[i] = FlushSquare((s.OldSecond * v[i]) + (s.NewSecond * (g * g)), g);
            if (!mean.IsEmpty)
            {
                mean[i] = Flush((s.OldSecond * mean[i]) + (s.NewSecond * g));
                second = T.Max(second - (mean[i] * mean[i]), T.Zero);
            }

            T direction = Quotient(g, T.Sqrt(second) + s.Epsilon);
            if (!m.IsEmpty)
                m[i] = direction = Flush((s.Momentum * m[i]) + direction);
            p[i] -= s.Rate * direction;
        }
    }

    /// <summary>The sum of squares, accumulated in double, so that a float gradient of any size has a finite one.</summary>
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

    /// <summary>The sum of (x / size)², for numbers of any size.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x, double size)
        where T : struct, IFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in x)
        {
            double ratio = double.CreateTruncating(value) / size;
            sum += ratio * ratio;
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

    /// <summary>The mean of squares, or 0 where it has faded: <paramref name="gradient"/> (or its mean) is 0, and the mean of squares is no normal number.</summary>
    private static Vector<T> FlushSquare<T>(Vector<T> square, Vector<T> gradient, Vector<T> smallest)
        where T : struct, IFloatingPointIeee754<T> =>
        Vector.ConditionalSelect(Vector.LessThan(square, smallest) & Vector.Equals(gradient, Vector<T>.Zero), Vector<T>.Zero, square);

    private static T FlushSquare<T>(T square, T gradient)
        where T : struct, IFloatingPointIeee754<T> => square < SmallestSquare<T>() && gradient == T.Zero ? T.Zero : square;

    /// <summary>a / b, or 0 where b is 0.</summary>
    private static Vector<T> Quotient<T>(Vector<T> a, Vector<T> b)
        where T : struct, IFloatingPointIeee754<T> => Vector.ConditionalSelect(Vector.Equals(b, Vector<T>.Zero), Vector<T>.Zero, a / b);

    private static T Quotient<T>(T a, T b)
        where T : struct, IFloatingPointIeee754<T> => b == T.Zero ? T.Zero : a / b;
}
