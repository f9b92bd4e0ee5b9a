using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiffLsr.Numerics;

/// <summary>
/// What becomes of the margins of a chunk's rows, in double lanes: losses, and the factors that make gradients of exponentials.
/// </summary>
/// <remarks>
/// With a = z_t - shift, S = Σ exp(z_j - shift) over the others and E = e^(-|a|), no margin d = a - ln S is needed, and no logarithm of S:
/// softplus(-d) = ln(1 + S e^-a) = max(-a, 0) + ln(1 + u), where u = S·E for a ≥ 0 and S + (E - 1) below. In both cases σ(-d) / S is E or 1, divided by
/// 1 + u. Nothing cancels that counts: S is at least 1, since the shift is the largest of the others, and where a is negative, -a is the larger part.
/// </remarks>
internal static class MarginLanes<L, T, TLoss>
    where L : struct, ILanes<L, double>
    where T : struct, IFloatingPointIeee754<T>
    where TLoss : struct, IMarginLoss
{
    /// <summary>u and σ(-d) / S of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Odds(in RowChunk<T> chunk)
    {
        ref T target = ref chunk.Target[0], shift = ref chunk.Shift[0];
        ref double sum = ref chunk.Sum[0], odds = ref chunk.Odds[0], sigmoidOverSum = ref chunk.SigmoidOverSum[0];
        L one = L.Of(1), zero = L.Of(0);
        nint rows = chunk.Sum.Length;
        for (nint row = 0; row < rows; row = RowLanes<L, double>.Next(row, rows))
        {
            L a = L.LoadFrom(ref target, row) - L.LoadFrom(ref shift, row), s = L.Load(ref sum, row);
            L e = ElementaryKernels<L, double>.ExpBelowZero<T>(ElementaryKernels<L, double>.NegativeMagnitude(a));
            L ofSum = L.ChooseLess(a, zero, one, e), rest = L.ChooseLess(a, zero, e - one, zero), u = L.MultiplyAdd(s, ofSum, rest);
            u.Store(ref odds, row);
            (ofSum / (one + u)).Store(ref sigmoidOverSum, row);
        }
    }

    /// <summary>ln(1 + u) of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void LogOdds(in RowChunk<T> chunk)
    {
        ref double odds = ref chunk.Odds[0], logOdds = ref chunk.LogOdds[0];
        nint rows = chunk.Sum.Length;
        for (nint row = 0; row < rows; row = RowLanes<L, double>.Next(row, rows))
            ElementaryKernels<L, double>.Log1pOfPositive<T>(L.Load(ref odds, row)).Store(ref logOdds, row);
    }

    /// <summary>
    /// The chunk's values (without tilt and weight), factors, offsets and own gradients, and the losses with tilt and weight, from ln(1 + u) and σ(-d) / S.
    /// A row of weight 0 gets zeros.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Losses<TSkips>(TLoss loss, in RowChunk<T> chunk, ref T weights, ref double losses)
        where TSkips : struct, ISwitch
    {
        ref T target = ref chunk.Target[0], shift = ref chunk.Shift[0], factor = ref chunk.Factor[0], offset = ref chunk.Offset[0], own = ref chunk.Own[0];
        ref double sum = ref chunk.Sum[0], distance = ref chunk.Distance[0], logOdds = ref chunk.LogOdds[0], sigmoidOverSum = ref chunk.SigmoidOverSum[0];
        ref double values = ref chunk.Values[0];
        L share = L.Of(1.0 / chunk.Columns), tilt = L.Of(loss.Tilt), balance = L.Of(loss.Balance), zero = L.Of(0);
        nint rows = chunk.Sum.Length;
        for (nint row = 0; row < rows; row = RowLanes<L, double>.Next(row, rows))
        {
            L weight = L.LoadFrom(ref weights, row), a = L.LoadFrom(ref target, row) - L.LoadFrom(ref shift, row), s = L.Load(ref sum, row);
            L softplus = L.Larger(zero, zero - a) + L.Load(ref logOdds, row);
            L margin = loss.Balance == 0 ? zero : a - ElementaryKernels<L, double>.Log(s);
            L total = loss.Value(softplus, margin, out L sigmoids);
            L perExponential = sigmoids * L.Load(ref sigmoidOverSum, row), slope = balance - (perExponential * s);
            if (loss.Balance != 0)
                perExponential -= L.ChooseSame(s, zero, zero, balance / s);
            total.Store(ref values, row);
            if (loss.Tilt != 0)
            {
                L tilted = tilt * share;
                total = L.MultiplyAdd(tilt, a - (L.Load(ref distance, row) * share), total);
                slope += tilt - tilted;
                (zero - (weight * tilted)).StoreTo(ref offset, row);
            }

            Unless<TSkips>(weight, weight * total).Store(ref losses, row);
            Unless<TSkips>(weight, weight * perExponential).StoreTo(ref factor, row);
            Unless<TSkips>(weight, weight * slope).StoreTo(ref own, row);
        }
    }

    /// <summary>0 where the weight is 0, even of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Unless<TSkips>(L weight, L weighted)
        where TSkips : struct, ISwitch => TSkips.IsOn ? L.ChooseSame(weight, L.Of(0), L.Of(0), weighted) : weighted;
}
