using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Numerics;

/// <summary>Products and quotients of three numbers that are in range though two of them alone are not.</summary>
internal static class RangeKernels
{
    /// <summary>s = -y·dy/b, entry by entry: infinite or 0 only where that is the result.</summary>
    public static void NegativeQuotient<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, ReadOnlySpan<T> b, Span<T> s)
        where T : struct, IFloatingPointIeee754<T>
    {
        int done = 0;
        if (Vector.IsHardwareAccelerated)
        {
            ReadOnlySpan<Vector<T>> left = MemoryMarshal.Cast<T, Vector<T>>(y), right = MemoryMarshal.Cast<T, Vector<T>>(dy), by = MemoryMarshal.Cast<T, Vector<T>>(b);
            Span<Vector<T>> to = MemoryMarshal.Cast<T, Vector<T>>(s);
            Vector<T> smallest = new(SmallestNormal<T>()), largest = new(Largest<T>());
            for (int i = 0; i < to.Length; i++, done += Vector<T>.Count)
            {
                Vector<T> product = left[i] * right[i], size = Vector.Abs(product);
                if (Vector.LessThanOrEqualAll(size, largest) && Vector.GreaterThanOrEqualAll(size, smallest))
                    to[i] = -(product / by[i]);
                else
                    NegativeQuotientOfEach(y.Slice(done, Vector<T>.Count), dy.Slice(done, Vector<T>.Count), b.Slice(done, Vector<T>.Count), s.Slice(done, Vector<T>.Count));
            }
        }

        NegativeQuotientOfEach(y[done..], dy[done..], b[done..], s[done..]);
    }

    /// <summary>s = p·x^(p-1)·dy, entry by entry.</summary>
    public static void PowerSlope<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> s, double p)
        where T : struct, IFloatingPointIeee754<T>
    {
        T factor = T.CreateTruncating(p);
        TensorPrimitives.Pow(x, T.CreateTruncating(p - 1), s);
        for (int i = 0; i < s.Length; i++)
        {
            T power = s[i];
            bool isOutOfRange = (T.IsInfinity(power) || T.Abs(power) < SmallestNormal<T>()) && x[i] != T.Zero && T.IsFinite(x[i]);
            s[i] = isOutOfRange ? ByRoots(x[i], dy[i], p) : T.Abs(factor) < T.One ? factor * power * dy[i] : power * dy[i] * factor;
        }
    }

    /// <summary>p·√|x^(p-1)|·dy·√|x^(p-1)|, with the sign of the power.</summary>
    private static T ByRoots<T>(T x, T dy, double p)
        where T : struct, IFloatingPointIeee754<T>
    {
        T root = T.Pow(T.Abs(x), T.CreateTruncating((p - 1) / 2)), sign = x < T.Zero && Math.Abs((p - 1) % 2) == 1 ? T.NegativeOne : T.One;
        return root * (sign * T.CreateTruncating(p) * dy) * root;
    }

    private static void NegativeQuotientOfEach<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, ReadOnlySpan<T> b, Span<T> s)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < s.Length; i++)
            s[i] = -Quotient(y[i], dy[i], b[i]);
    }

    /// <summary>Where the product leaves the range, the divisor is large and takes the larger factor down, or small and takes the smaller one up.</summary>
    private static T Quotient<T>(T y, T dy, T b)
        where T : struct, IFloatingPointIeee754<T>
    {
        T product = y * dy, size = T.Abs(product);
        bool isSmall = size < SmallestNormal<T>() && T.Abs(b) < T.One && y != T.Zero && dy != T.Zero;
        if (size <= Largest<T>() && !isSmall)
            return product / b;
        (T smaller, T larger) = T.Abs(y) < T.Abs(dy) ? (y, dy) : (dy, y);
        return isSmall ? smaller / b * larger : larger / b * smaller;
    }

    private static T SmallestNormal<T>()
        where T : struct => typeof(T) == typeof(float) ? (T)(object)1.17549435e-38f : (T)(object)2.2250738585072014e-308;

    private static T Largest<T>()
        where T : struct => typeof(T) == typeof(float) ? (T)(object)float.MaxValue : (T)(object)double.MaxValue;
}
