using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using FsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <summary>A function with one planted error, and the same without.</summary>
/// <param name="Operation">What the error is in.</param>
/// <param name="Error">The error, in a few words.</param>
/// <param name="Shapes">The shapes of the inputs.</param>
/// <param name="Domains">The domain of each input.</param>
/// <param name="Wrong">The function with the error.</param>
/// <param name="Right">The function without.</param>
internal sealed record Mutant(
    string Operation, string Error, Gen<Shape[]> Shapes, IReadOnlyList<Domain> Domains, TapeFunction<double> Wrong, TapeFunction<double> Right)
{
    /// <summary>The function with the error in float, for errors that only float has.</summary>
    public TapeFunction<float>? WrongSingle { get; init; }

    /// <summary>The function without the error in float.</summary>
    public TapeFunction<float>? RightSingle { get; init; }

    /// <summary>The value in plain loops, for errors in the function itself: its gradient is then right for the wrong function.</summary>
    public Func<IReadOnlyList<Matrix<double>>, Matrix<double>>? Reference { get; init; }

    public override string ToString() => $"{Operation}: {Error}";
}
