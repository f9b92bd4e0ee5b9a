using AutoDiffLsr.Checking.FsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiffLsr.SelfCheck.Programs;

/// <summary>Makes a program smaller: fewer steps first, by ending earlier, by putting a value in place of what computed it, and by leaving a step out.</summary>
internal static class ProgramShrinker
{
    public static IEnumerable<RandomProgram> Shrink(RandomProgram program)
    {
        Matrix<double>[]? values = program.Values();
        IEnumerable<RandomProgram> candidates = EndingEarlier(program).Concat(values is null ? [] : WithValues(program, values)).Concat(Bypassing(program, values)).Concat(SmallerLeaves(program));
        return candidates.Where(candidate => candidate.Steps.Count > 0 && candidate.Values() is not null);
    }

    /// <summary>Only what the last step needs, with the places renumbered.</summary>
    public static RandomProgram WithoutDeadCode(IReadOnlyList<Matrix<double>> leaves, IReadOnlyList<ProgramStep> steps)
    {
        bool[] needed = new bool[leaves.Count + steps.Count];
        needed[^1] = true;
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            if (!needed[leaves.Count + i])
                continue;
            foreach (int input in steps[i].Inputs)
                needed[input] = true;
        }

        int[] place = new int[needed.Length];
        for (int i = 0, next = 0; i < needed.Length; i++)
            place[i] = needed[i] ? next++ : -1;
        return new(
            [.. leaves.Where((_, i) => needed[i])],
            [.. steps.Where((_, i) => needed[leaves.Count + i]).Select(step => step with { Inputs = Array.ConvertAll(step.Inputs, input => place[input]) })]);
    }

    private static IEnumerable<RandomProgram> EndingEarlier(RandomProgram program) =>
        Enumerable.Range(1, Math.Max(0, program.Steps.Count - 1)).Select(count => WithoutDeadCode(program.Leaves, [.. program.Steps.Take(count)]));

    /// <summary>Each step but the last becomes a leaf that holds its value: all that only it needed goes away. The latest first.</summary>
    private static IEnumerable<RandomProgram> WithValues(RandomProgram program, Matrix<double>[] values)
    {
        int leaves = program.Leaves.Count;
        for (int cut = program.Steps.Count - 2; cut >= 0; cut--)
        {
            int removed = leaves + cut;
            ProgramStep[] steps = [.. program.Steps.Where((_, i) => i != cut).Select(step => step with { Inputs = Array.ConvertAll(step.Inputs, Renumber) })];
            yield return WithoutDeadCode([.. program.Leaves, values[removed]], steps);

            int Renumber(int place) => place < leaves ? place : place == removed ? leaves : place < removed ? place + 1 : place;
        }
    }

    /// <summary>Each step but the last is left out where an input of its shape can take its place.</summary>
    private static IEnumerable<RandomProgram> Bypassing(RandomProgram program, Matrix<double>[]? values)
    {
        int leaves = program.Leaves.Count;
        for (int cut = 0; cut < program.Steps.Count - 1 && values is not null; cut++)
        {
            int removed = leaves + cut;
            foreach (int stand in program.Steps[cut].Inputs.Distinct())
            {
                if (values[stand].RowCount == values[removed].RowCount && values[stand].ColumnCount == values[removed].ColumnCount)
                    yield return WithoutDeadCode(program.Leaves, [.. program.Steps.Where((_, i) => i != cut).Select(step => step with { Inputs = Array.ConvertAll(step.Inputs, place => place == removed ? stand : place > removed ? place - 1 : place) })]);
            }
        }
    }

    private static IEnumerable<RandomProgram> SmallerLeaves(RandomProgram program) =>
        Sides(program).Concat(Shrinkers.Values(program.Leaves).Select(leaves => new RandomProgram(leaves, program.Steps)));

    private static IEnumerable<RandomProgram> Sides(RandomProgram program)
    {
        foreach (int length in Shrinkers.Sides(program.Leaves))
        {
            for (int index = length - 1; index >= 0; index--)
            {
                ProgramStep[] steps = [.. program.Steps.Select(step => step with { Use = step.Use.AfterDrop?.Invoke(length, index) ?? step.Use })];
                yield return new RandomProgram(Shrinkers.DropSide(program.Leaves, length, index), steps);
            }
        }
    }
}
