using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.Experiments.Projections;

/// <summary>The picture that <see cref="TSne"/> found.</summary>
/// <param name="Positions">N x 2: a point for each sample, centred on the origin.</param>
/// <param name="Divergence">KL(P ‖ Q) of this picture, in nats: what t-SNE makes small.</param>
/// <param name="Iterations">The step at which this picture was seen.</param>
/// <param name="WasCancelled">Whether it was stopped early; the picture is then the best so far.</param>
public sealed record TSneResult(Matrix<double> Positions, double Divergence, int Iterations, bool WasCancelled);
