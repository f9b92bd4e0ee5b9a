namespace AutoDiffLsr.Experiments.Projections;

/// <summary>How far a t-SNE is.</summary>
/// <param name="Iteration">Steps taken.</param>
/// <param name="Iterations">Steps in all.</param>
/// <param name="Divergence">KL(P ‖ Q) of the picture now, in nats.</param>
public readonly record struct TSneProgress(int Iteration, int Iterations, double Divergence);
