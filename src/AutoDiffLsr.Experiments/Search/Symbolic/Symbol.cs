namespace AutoDiffLsr.Experiments.Search.Symbolic;

/// <summary>
/// What a node of an <see cref="Expression"/> is: one of two arguments, a number, or one of the twelve primitives of EvoMAL (Raymond et al., "Learning
/// Symbolic Model-Agnostic Loss Functions via Meta-Learning", 2022), which are defined for all real numbers.
/// </summary>
public enum Symbol
{
    /// <summary>y: the target, or for classes 1 for the label's and 0 for the others.</summary>
    Target,

    /// <summary>f: what the net says, or for classes the probability (softmax, or the sigmoid of a single output).</summary>
    Output,

    /// <summary>A number.</summary>
    Number,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a·b.</summary>
    Multiply,

    /// <summary>div(a, b) = a / √(1 + b²), the analytic quotient.</summary>
    Divide,

    /// <summary>sign(x): -1, 0 or 1. Its derivative is 0 everywhere.</summary>
    Sign,

    /// <summary>x².</summary>
    Square,

    /// <summary>|x|.</summary>
    Absolute,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>log(x) = ln max(|x|, 1e-7).</summary>
    Log,

    /// <summary>sqrt(x) = √max(|x|, 1e-7).</summary>
    Sqrt,

    /// <summary>min(a, b).</summary>
    Minimum,

    /// <summary>max(a, b).</summary>
    Maximum,
}
