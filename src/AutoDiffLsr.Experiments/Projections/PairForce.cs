namespace AutoDiffLsr.Experiments.Projections;

/// <summary>What all other points do to one, before the normalizer Z is known.</summary>
/// <param name="AttractionX">Σ p w Δx.</param>
/// <param name="AttractionY">Σ p w Δy.</param>
/// <param name="RepulsionX">Σ w² Δx.</param>
/// <param name="RepulsionY">Σ w² Δy.</param>
/// <param name="Weight">Σ w over the others.</param>
internal readonly record struct PairForce(float AttractionX, float AttractionY, float RepulsionX, float RepulsionY, float Weight);
