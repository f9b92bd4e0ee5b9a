using AutoDiffLsr.Autodiff;
using AutoDiffLsr.Checking;
using AutoDiffLsr.Checking.FsCheck;
using AutoDiffLsr.SelfCheck.Programs;
using AutoDiffLsr.SelfCheck.Table;
using AutoDiffLsr.Tests.Checking.FsCheck;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.SelfCheck.Programs;

public sealed class RandomProgramTests(ITestOutputHelper output)
{
    private static CaseRunner Runner(IReadOnlyList<OperationLine> table, int order) =>
        new("programs", new ProgramGenerator(table).Programs(), new CheckOptions { Order = order });

    [Fact]
    public void Random_programs_have_right_gradients_of_both_orders()
    {
        CaseStatistics statistics = Runner(OperationTable.Lines, order: 2).Run(Effort.Cases(200, 10_000), Effort.Seed, (_, _) => "programs");
        output.WriteLine($"{statistics with { Failure = null }}");
        Assert.True(statistics.Failure is null, statistics.Failure);
        Assert.InRange(statistics.Inconclusive, 0, 0.05 * statistics.Cases);
    }

    [Fact]
    public void Programs_are_as_varied_as_they_should_be()
    {
        CaseRunner runner = Runner(OperationTable.Lines, order: 1);
        RandomProgram[] programs = [.. Enumerable.Range(0, 300).Select(i => (RandomProgram)runner.Draw(Effort.Seed, i))];

        // An image and a weight that fits it, or a base and an exponent in their domains, are hardly met by chance: such operations have lines of their own.
        string[] rare = ["conv2d", "power-of-two", "asin", "acos"];
        IEnumerable<string> names = OperationTable.Lines.Select(line => line.Name).Where(name => !rare.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal([], names.Except(programs.SelectMany(program => program.Steps.Select(step => step.Name))));
        Assert.InRange(programs.Max(program => program.Steps.Count), 15, ProgramGenerator.MaxSteps);
        Assert.Contains(programs, program => program.Steps.SelectMany(step => step.Inputs).CountBy(place => place).Any(use => use.Value >= 3));
        Assert.Contains(programs, program => program.Steps.Any(step => step.Inputs.Length == 2 && step.Inputs[0] == step.Inputs[1]));
        Assert.All(programs, program => Assert.NotNull(program.Values()));
    }

    [Fact]
    public void The_same_seed_draws_the_same_program() =>
        Assert.Equal(Runner(OperationTable.Lines, 1).Draw(5, 77).ToString(), Runner(OperationTable.Lines, 1).Draw(5, 77).ToString());

    [Fact]
    public void A_planted_error_is_found_and_shrunk_to_the_operation_alone()
    {
        OperationLine wrong = Line.Unary("wrong", "", "Wrong({0})", Wrong, x => x, Domain.Real);
        CaseStatistics statistics = Runner([.. OperationTable.Lines, wrong], order: 1).Run(500, Effort.Seed, (seed, cases) => $"replay --seed {seed} --cases {cases}");
        output.WriteLine(statistics.Failure!);
        string[] lines = statistics.Failure!.Split('\n');
        Assert.Equal("var x1 = tape.Variable(Matrix<double>.Build.DenseOfArray(new double[,] { { 1 } }));", lines[0]);
        Assert.Equal("var y1 = Wrong(x1);", lines[1]);
        Assert.StartsWith("program of 1 operations (wrong): the gradient is wrong", lines[2], StringComparison.Ordinal);
        Assert.Contains($"replay: replay --seed {Effort.Seed} --cases {statistics.Cases}", statistics.Failure, StringComparison.Ordinal);
    }

    /// <summary>Right where x &lt; 1/2, a factor 1.01 elsewhere.</summary>
    private static Variable<double> Wrong(Variable<double> x) => Operation.Elementwise(
        "wrong",
        x,
        forward: static (x, y) => x.CopyTo(y),
        vjp: static (x, y, dy) => dy * x.Tape.Constant(x.Value.Map(value => value < 0.5 ? 1 : 1.01, Zeros.Include)));
}
