namespace AutoDiffLsr.Optimizers;

/// <summary>What an optimizer does with a gradient that has a NaN or an infinity.</summary>
public enum NonFiniteGradients
{
    /// <summary>The step is refused with a <see cref="NotFiniteNumberException"/> that names the parameter; nothing has changed then.</summary>
    Refuse,

    /// <summary>The step is left out, as gradient scalers do, and counted in <see cref="Optimizer{T}.SkippedSteps"/>.</summary>
    Skip,
}
