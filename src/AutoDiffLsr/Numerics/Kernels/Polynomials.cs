using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// The fitted polynomials of the elementary functions, highest power first, a shorter one for float. Each is the Chebyshev fit of the stated function
/// on the stated interval. TResult is what the result is rounded to in the end: lanes of double that become float need no more terms than float.
/// </summary>
internal static class Polynomials
{
    /// <summary>(eʳ - 1 - r) / r² for |r| at most 0.3475, a little more than ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L ExpRest<L, T>(L r)
        where L : struct, ILanes<L, T>
        where T : struct => typeof(T) == typeof(float)
        ? L.Of(0.000198912473).Then(r, 0.0013933881).Then(r, 0.00833331069).Then(r, 0.0416664628).Then(r, 0.166666667).Then(r, 0.500000001)
        : Wide<L, T>(
            r,
            L.Of(2.091488256348507e-9).Then(r, 2.5105490906986695e-8).Then(r, 2.7557273171941028e-7),
            L.Of(2.7557254740405415e-6).Then(r, 2.4801587325920162e-5),
            L.Of(0.00019841269875342142).Then(r, 0.0013888888888883642),
            L.Of(0.0083333333333259856).Then(r, 0.04166666666666667),
            L.Of(0.16666666666666671).Then(r, 0.5));

    /// <summary>
    /// The same for <see cref="ElementaryKernels{L, T}.ExpBelowZero{TResult}"/>: in lanes of float for |r| at most ln 2 / 32, where two terms leave an error of
    /// 1.6e-9 of eʳ; in lanes of double with two terms less where the result becomes float (3.1e-9). Float's rounding is 6e-8.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L ShortExpRest<L, T, TResult>(L r)
        where L : struct, ILanes<L, T>
        where T : struct
    {
        if (typeof(T) == typeof(float))
            return L.Of(0.16666719).Then(r, 0.50001625);
        if (typeof(TResult) != typeof(float))
            return ExpRest<L, T>(r);
        L square = r * r, upper = L.MultiplyAdd(L.Of(0.00138142293), square, L.Of(0.00836890078).Then(r, 0.0416684058));
        return L.MultiplyAdd(upper, square, L.Of(0.166665191).Then(r, 0.499999933));
    }

    /// <summary>(2 artanh √z / √z - 2) / z for z of [0, 0.02945], where z = s² and |s| is at most (√2 - 1) / (√2 + 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L LogRest<L, T, TResult>(L z)
        where L : struct, ILanes<L, T>
        where T : struct => typeof(TResult) == typeof(float)
        ? L.Of(0.233309641).Then(z, 0.285508026).Then(z, 0.40000122).Then(z, 0.666666666)
        : Wide<L, T>(
            z,
            L.Of(0),
            L.Of(0.13087236196659622).Then(z, 0.13268714792348097),
            L.Of(0.15386241881938596).Then(z, 0.18181795600060792),
            L.Of(0.22222222392089008).Then(z, 0.28571428570801957),
            L.Of(0.4000000000000088).Then(z, 0.66666666666666666));

    /// <summary>
    /// The tail of the normal distribution without its exponential, (1 - Φ(a)) e^(a²/2) (1 + a), for a of [0, 15] (float) or [0, 40] (double), as a
    /// polynomial in t = (a - k) / (a + k) with the k of <see cref="TailCentre"/>. The form is that of Shepherd and Laframboise, "Chebyshev
    /// Approximation of (1 + 2x) exp(x²) erfc x", Mathematics of Computation 36 (1981).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L NormalTail<L, T>(L t)
        where L : struct, ILanes<L, T>
        where T : struct => typeof(T) == typeof(float)
        ? L.Of(-7.43745442e-5).Then(t, -6.67371849e-5).Then(t, 0.000690844856).Then(t, -0.000299918761).Then(t, -0.00500214085)
            .Then(t, 0.0179394495).Then(t, -0.0321978154).Then(t, 0.0286000328).Then(t, 0.0139996366).Then(t, -0.096703468).Then(t, 0.472053206)
        : L.Of(-1.5850740312377902e-10).Then(t, -7.0279671153414471e-10).Then(t, 2.1739016241674191e-10).Then(t, 5.6997771378686386e-9)
            .Then(t, 3.0161471980521962e-9).Then(t, -3.3288361909277798e-8).Then(t, -2.5987112395037281e-8).Then(t, 1.9873181518869066e-7)
            .Then(t, 1.2794251388962201e-7).Then(t, -1.3091050842731222e-6).Then(t, -7.0516960020277963e-8).Then(t, 9.0605700848106184e-6)
            .Then(t, -9.8959938422378869e-6).Then(t, -5.3607805424235593e-5).Then(t, 0.00018233411108948186).Then(t, 7.7916415157478176e-6)
            .Then(t, -0.0016760723380366302).Then(t, 0.0065220006624086697).Then(t, -0.01517041540322349).Then(t, 0.02453696324404675)
            .Then(t, -0.026401042966269308).Then(t, 0.010002352385217651).Then(t, 0.031030368425962878).Then(t, -0.091552281834008925)
            .Then(t, 0.46151582985003778);

    /// <summary>Where <see cref="NormalTail"/>'s t is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double TailCentre<T>() => typeof(T) == typeof(float) ? 4 : 5;

    // ((e x² + d) x² + c) x⁴ + (b x² + a): half as many steps that wait for one another as Horner's rule has (Estrin, 1960).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Wide<L, T>(L x, L e, L d, L c, L b, L a)
        where L : struct, ILanes<L, T>
        where T : struct
    {
        L square = x * x;
        L upper = L.MultiplyAdd(L.MultiplyAdd(e, square, d), square, c), lower = L.MultiplyAdd(b, square, a);
        return L.MultiplyAdd(upper, square * square, lower);
    }
}
