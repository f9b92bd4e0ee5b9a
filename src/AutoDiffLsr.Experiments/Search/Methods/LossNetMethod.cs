using AutoDiffLsr.Experiments.Search.Evaluation;
using AutoDiffLsr.Experiments.Search.Losses;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Experiments.Search.Methods;

/// <summary>Small nets as losses, each from a start of its own.</summary>
internal sealed class LossNetMethod(int population, RandomSource random) : SearchMethod
{
    private int count;

    /// <inheritdoc/>
    public override IReadOnlyList<Candidate> Propose() =>
    [
        .. Enumerable.Range(0, population).Select(_ => $"net {++count}").Select(key => new Candidate(key, new NetLoss(random.Fork(key)), Learns: true, FromOnes: false)),
    ];
}
