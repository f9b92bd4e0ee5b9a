using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.Numerics;
using AutoDiffLsr.SelfCheck.Table;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Programs;

/// <summary>
/// Draws programs from a table of operations. It computes as it goes: an operation is used where the values at hand lie in its domain, so that no program
/// takes the logarithm of a negative number or divides by next to nothing.
/// </summary>
internal sealed class ProgramGenerator(IReadOnlyList<OperationLine> table)
{
    public const int MaxSteps = 30;
    private const int Tries = 40, MaxLeaves = 3;
    private static readonly Domain Anything = new("anything", Domain.Real.Values, double.IsFinite);
    private static readonly OperationLine Add = OperationTable.Lines.Single(line => line.Name == "add"), Mean = OperationTable.Lines.Single(line => line.Name == "mean");

    public Gen<GradientCase> Programs() => Gen.Sized(size =>
        from seed in Generators.Seed
        from steps in Gen.Choose(1, Math.Clamp(1 + (size * MaxSteps / 100), 1, MaxSteps))
        select (GradientCase)Build(new RandomSource(seed), steps));

    private RandomProgram Build(RandomSource random, int steps)
    {
        using Tape<double> tape = new();
        using RecordingScope<double> off = tape.NoRecording();
        List<Matrix<double>> leaves = Leaves(random);
        List<Variable<double>> values = [.. leaves.Select(tape.Constant)];
        List<ProgramStep> program = [];
        HashSet<int> unused = [.. Enumerable.Range(0, leaves.Count)];

        void Append(ProgramStep step, Variable<double> value)
        {
            program.Add(step);
            unused.ExceptWith(step.Inputs);
            unused.Add(values.Count);
            values.Add(value);
        }

        while (program.Count + StepsToJoin(unused.Count) < steps)
        {
            (ProgramStep Step, Variable<double> Value)? next = Next(random, tape, values, unused);
            if (next is null)
                break;
            Append(next.Value.Step, next.Value.Value);
        }

        Join(tape, values, unused, Append);
        return ProgramShrinker.WithoutDeadCode(leaves, program);
    }

    /// <summary>At most two means and an addition for each value beyond the first.</summary>
    /// <summary>The operation's result; null where it refuses its input, as a factorization does of a matrix that rounding has made singular.</summary>
    private static Variable<double>? Value(FunctionUse use, Tape<double> tape, Variable<double>[] inputs)
    {
        try
        {
            return use.Compute(tape, inputs);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static int StepsToJoin(int unused) => Math.Max(0, (3 * unused) - 3);

    /// <summary>Adds up what nothing uses yet, by its mean where shapes do not fit: then nothing was computed in vain.</summary>
    private static void Join(Tape<double> tape, List<Variable<double>> values, HashSet<int> unused, Action<ProgramStep, Variable<double>> append)
    {
        while (unused.Count > 1)
        {
            int[] pair = [.. unused.Order().Take(2)];
            if (Shape.TryBroadcast(values[pair[0]].Shape, values[pair[1]].Shape, out Shape common) && common.Count <= RandomProgram.MaxEntries)
                Use(Add, pair);
            else
                Use(Mean, [values[pair[0]].Shape.Count > 1 ? pair[0] : pair[1]]);
        }

        void Use(OperationLine line, int[] inputs)
        {
            FunctionUse use = Sample(new RandomSource(0), line.Use([.. inputs.Select(place => values[place].Shape)])!);
            append(new(line.Name, use, [.. inputs.Select(_ => Anything)], inputs), use.Compute(tape, [.. inputs.Select(place => values[place])]));
        }
    }

    /// <summary>One to three matrices whose sides are from few lengths, so that they often fit each other.</summary>
    private static List<Matrix<double>> Leaves(RandomSource random)
    {
        int[] lengths = [1, 1 + random.NextInt(4), 1 + random.NextInt(4)];
        int count = 1 + random.NextInt(MaxLeaves);
        return [.. Enumerable.Range(0, count).Select(_ => Sample(
            random, Generators.Matrix(new Shape(lengths[random.NextInt(lengths.Length)], lengths[random.NextInt(lengths.Length)]), LeafDomain(random))))];
    }

    private static Domain LeafDomain(RandomSource random) => random.NextInt(4) switch
    {
        0 => Domain.Positive,
        1 => Domain.AwayFromZero,
        _ => Domain.Real,
    };

    private (ProgramStep Step, Variable<double> Value)? Next(RandomSource random, Tape<double> tape, List<Variable<double>> values, HashSet<int> unused)
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            OperationLine line = table[random.NextInt(table.Count)];
            int[] inputs = [.. line.Domains.Select(_ => Choose(random, values.Count, unused))];
            if (!inputs.Zip(line.Domains).All(pair => RandomProgram.Suits(values[pair.First].Value, pair.Second)))
                continue;
            if (line.Use([.. inputs.Select(place => values[place].Shape)]) is not { } uses)
                continue;
            FunctionUse use = Sample(random, uses);
            if (Value(use, tape, [.. inputs.Select(place => values[place])]) is { } value && value.Shape.Count <= RandomProgram.MaxEntries && !value.Value.Exists(RandomProgram.IsTooLarge, Zeros.Include))
                return (new(line.Name, use, line.Domains, inputs), value);
        }

        return null;
    }

    /// <summary>Half of the time something not used yet, so that little is computed in vain; else anything, so that much is shared.</summary>
    private static int Choose(RandomSource random, int count, HashSet<int> unused) =>
        random.NextInt(2) == 0 && unused.Count > 0 ? unused.Order().ElementAt(random.NextInt(unused.Count)) : random.NextInt(count);

    private static T Sample<T>(RandomSource random, Gen<T> generator) => generator.Sample(1, new Rnd(random.NextBits()), 50)[0];
}
