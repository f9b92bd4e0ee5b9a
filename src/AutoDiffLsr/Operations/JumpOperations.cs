using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>Functions that jump and are constant between the jumps, entry by entry: their gradient is 0, as in PyTorch. At a jump there is none, and a check says so.</summary>
public static class JumpOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = -1, 0 or 1, as x is negative, 0 or positive; NaN stays NaN.  dx = 0</summary>
        public Variable<T> Sign() => x.Constant("sign", static x => T.Zero, static x => T.IsNaN(x) ? x : T.CreateTruncating(T.Sign(x)));

        /// <summary>y = the largest whole number that is not above x.  dx = 0</summary>
        public Variable<T> Floor() => x.Constant("floor", static x => T.Round(x), static x => T.Floor(x));

        /// <summary>y = the nearest whole number, the even one of two that are as near.  dx = 0</summary>
        public Variable<T> Round() => x.Constant("round", static x => T.Floor(x) + T.CreateTruncating(0.5), static x => T.Round(x, MidpointRounding.ToEven));

        /// <summary>A function that jumps; while a check runs, notes on which side of the nearest jump each entry is.</summary>
        private Variable<T> Constant(string name, Func<T, T> nearestJump, Func<T, T> function)
        {
            if (x.Tape.Branches is { } branches)
            {
                foreach (T value in x.Node.Buffer.Data)
                    branches.Compare<T>([value], nearestJump(value));
            }

            return Operation.Elementwise(name, x, function, static (x, y, function) => ScalarFunctions.Map(x, y, function), static (x, y, dy, function) => default);
        }
    }
}
