namespace AutoDiffLsr.Checking;

/// <summary>What a gradient check looks at, in the order in which it does.</summary>
public enum CheckKind
{
    /// <summary>Two runs of the function give the same bits; a random function cannot be checked, and is named as such before anything else.</summary>
    Determinism,

    /// <summary>The value is a finite number, and with recording off it has the same bits as with recording on.</summary>
    Value,

    /// <summary>The value equals that of an independent computation, where one was given: see <see cref="CheckedFunction.WithReference"/>.</summary>
    Reference,

    /// <summary>A gradient exists for every input and parameter, of its shape, and is not NaN.</summary>
    GradientShape,

    /// <summary>The gradient equals the numerical derivative along random directions that move all inputs and parameters at once.</summary>
    Derivative,

    /// <summary>The VJP is linear in the cotangent: VJP(αv + βw) = α·VJP(v) + β·VJP(w).</summary>
    Linearity,

    /// <summary>The VJP of a zero cotangent is zero.</summary>
    ZeroCotangent,

    /// <summary>Two sweeps over one record give the same bits.</summary>
    Repeatability,

    /// <summary>Neither the function nor its gradient changes an input or parameter.</summary>
    InputsUnchanged,

    /// <summary>A layer lists in <c>Parameters</c> and <c>Children</c> what its forward pass uses; of a function that is no layer nothing is asked.</summary>
    Listing,

    /// <summary>A constant input gets no gradient, and makes no difference to the gradients of the others.</summary>
    Constants,

    /// <summary>The same variable in two places gets the sum of both gradients, and that sum is the derivative.</summary>
    SameVariable,

    /// <summary>Several uses on one tape do not disturb each other, and their gradients add up.</summary>
    FanOut,

    /// <summary>The gradient computed while recording (which can be differentiated again) equals the one computed without (which may be fused).</summary>
    RecordedGradient,

    /// <summary>Value and gradient in float are those in double, up to the rounding that the function's conditioning explains.</summary>
    SinglePrecision,

    /// <summary>The gradient of the gradient: the VJP itself, as a function of inputs and cotangent, passes the derivative check.</summary>
    SecondOrder,
}
