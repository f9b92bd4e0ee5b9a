namespace AutoDiffLsr.SelfCheck;

/// <summary>Which parts of the engine to check, and for how long.</summary>
public sealed record EngineCheckOptions
{
    /// <summary>A name of <see cref="EngineCheck.Names"/>.</summary>
    public string Operation { get; init; } = EngineCheck.Everything;

    /// <summary>How many random cases for each row.</summary>
    public int Cases { get; init; } = 200;

    /// <summary>1 for gradients, 2 for gradients of gradients too.</summary>
    public int Order { get; init; } = 2;

    /// <summary>Same seed, same cases.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether to plant errors and see who catches them.</summary>
    public bool Mutants { get; init; }
}
