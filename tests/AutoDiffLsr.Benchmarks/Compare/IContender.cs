namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>Somebody who can do a piece of work and be timed.</summary>
internal interface IContender
{
    /// <summary>Does the work so many times.</summary>
    /// <returns>The seconds that it took in all.</returns>
    double Run(int calls);
}
