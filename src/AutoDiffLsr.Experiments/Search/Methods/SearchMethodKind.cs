namespace AutoDiffLsr.Experiments.Search.Methods;

/// <summary>How losses are searched for.</summary>
public enum SearchMethodKind
{
    /// <summary>Genetic programming, and local search of each formula's weights: EvoMAL.</summary>
    EvoMal,

    /// <summary>Genetic programming with all weights 1: GP-LFL.</summary>
    GeneticOnly,

    /// <summary>A small net as the loss, from many starts, each with local search of its weights: ML3.</summary>
    LossNet,

    /// <summary>Evolution of the coefficients of a polynomial (CMA-ES): TaylorGLO.</summary>
    Taylor,

    /// <summary>Random formulas, each with local search of its weights.</summary>
    Random,
}
