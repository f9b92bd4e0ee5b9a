using AutoDiffLsr.Checking;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.OtherCheckers;

/// <summary>Another library's gradient checker, re-created from its description: its step, its tolerance, its projection and its reduction.</summary>
internal interface IOtherChecker
{
    string Name { get; }

    /// <summary>Whether it would object to the function at this point.</summary>
    bool Objects(TapeFunction<double> function, IReadOnlyList<Matrix<double>> inputs, int seed);
}
