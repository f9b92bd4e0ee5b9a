using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.SelfCheck.OtherCheckers;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Mutants;

/// <summary>Runs every checker over the catalogue of planted errors.</summary>
internal static class MutantRunner
{
    public const int Inputs = 20;
    private const int Size = 60;

    public static IReadOnlyList<IOtherChecker> Others { get; } = [new TorchGradcheck(), new JaxCheckGrads(), new AutogradCheckGrads(), new MinitorchGradCheck()];

    public static MutantVerdict Run(Mutant mutant, long seed)
    {
        int caught = 0, falseAlarms = 0;
        SortedSet<CheckKind> by = [];
        Dictionary<string, int> others = Others.ToDictionary(other => other.Name, _ => 0), alarms = new(others);
        for (int i = 0; i < Inputs; i++)
        {
            IReadOnlyList<Matrix<double>> inputs = Draw(mutant, seed + i);
            CheckReport wrong = Check(mutant, mutant.Wrong, mutant.WrongSingle, inputs, seed + i);
            caught += wrong.Outcome == CheckOutcome.Failed ? 1 : 0;
            by.UnionWith(wrong.Results.Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Kind));
            falseAlarms += Check(mutant, mutant.Right, mutant.RightSingle, inputs, seed + i).Outcome == CheckOutcome.Failed ? 1 : 0;
            foreach (IOtherChecker other in Others)
            {
                bool alarm = Objects(other, mutant.Right, inputs, i);
                alarms[other.Name] += alarm ? 1 : 0;
                others[other.Name] += !alarm && Objects(other, mutant.Wrong, inputs, i) ? 1 : 0;
            }
        }

        return new(mutant.Operation, mutant.Error, Inputs, caught, falseAlarms, [.. by], others, alarms);
    }

    private static Matrix<double>[] Draw(Mutant mutant, long seed) =>
        (from shapes in mutant.Shapes
         from inputs in Gen.CollectToArray(shapes.Select((shape, i) => Generators.Matrix(shape, mutant.Domains[i])))
         select inputs).Sample(1, new Rnd((ulong)seed), Size)[0];

    private static CheckReport Check(Mutant mutant, TapeFunction<double> function, TapeFunction<float>? single, IReadOnlyList<Matrix<double>> inputs, long seed)
    {
        CheckedFunction subject = CheckedFunction.Of(mutant.ToString(), function, single);
        return GradientCheck.Check(mutant.Reference is null ? subject : subject.WithReference(mutant.Reference), inputs, new CheckOptions { Seed = seed });
    }

    /// <summary>An exception is an objection too: those checkers run the same engine.</summary>
    private static bool Objects(IOtherChecker other, TapeFunction<double> function, IReadOnlyList<Matrix<double>> inputs, int seed)
    {
        try
        {
            return other.Objects(function, inputs, seed);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }
}
