using System.Numerics;
using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Operations;

/// <summary>The random mask of dropout (Srivastava et al. 2014, with the scaling at training time).</summary>
public static class DropoutOperations
{
    extension<T>(Variable<T> x)
        where T : struct, IFloatingPointIeee754<T>
    {
        /// <summary>y = x∘m / (1 - rate), where each entry of the mask m is 0 with probability rate, else 1.  dx = dy∘m / (1 - rate), the same m</summary>
        /// <param name="rate">The probability that an entry is dropped, in [0, 1). A dropped entry is 0 whatever the input was.</param>
        /// <param name="random">Where the mask is drawn from: it moves on by one number an entry (by none if the rate is 0).</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is outside [0, 1).</exception>
        public Variable<T> Dropout(double rate, RandomSource random)
        {
            Setting.Share(rate, nameof(rate));
            ArgumentNullException.ThrowIfNull(random);
            if (rate == 0)
                return x;
            DropoutMask mask = new(random.State, rate, 1 / (1 - rate));
            random.Skip(x.Shape.Count);
            return x.Masked(mask);
        }

        /// <summary>Linear in x: the rule is the operation itself, so the mask is the same one at every order.</summary>
        private Variable<T> Masked(DropoutMask mask) => Operation.Elementwise(
            "dropout", x, mask, static (x, y, mask) => mask.Apply(x, y), static (x, y, dy, mask) => dy.Masked(mask));
    }
}
