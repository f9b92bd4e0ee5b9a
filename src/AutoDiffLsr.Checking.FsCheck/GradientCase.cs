namespace AutoDiffLsr.Checking.FsCheck;

/// <summary>Something to check the gradient of, with its inputs: what a property draws. Its text is the case.</summary>
public abstract class GradientCase
{
    /// <summary>Checks it.</summary>
    /// <param name="options">How.</param>
    /// <returns>What was found.</returns>
    public abstract CheckReport Check(CheckOptions options);

    /// <summary>Smaller cases of the same kind, the most promising first; each is smaller in a sense that ends.</summary>
    public abstract IEnumerable<GradientCase> Shrink();

    /// <summary>The smallest case found that still fails.</summary>
    /// <param name="fails">Whether a case fails.</param>
    /// <param name="attempts">How many cases to try at most.</param>
    /// <returns>This case, or a smaller one.</returns>
    public GradientCase Minimize(Func<GradientCase, bool> fails, int attempts = 2000)
    {
        ArgumentNullException.ThrowIfNull(fails);
        ArgumentOutOfRangeException.ThrowIfNegative(attempts);
        GradientCase smallest = this;
        while (attempts > 0)
        {
            GradientCase? smaller = smallest.Shrink().TakeWhile(_ => attempts-- > 0).FirstOrDefault(fails);
            if (smaller is null)
                break;
            smallest = smaller;
        }

        return smallest;
    }
}
