using System.Globalization;
using AutoDiffLsr.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AutoDiffLsr.Tests.Fuzzing;

/// <summary>No file makes a reader throw what is not documented, take much memory, or stop. docs/reliability.md tells how to run the long loop.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const string CountVariable = "AUTODIFFLSR_FUZZ_INPUTS";
    private const string SeedVariable = "AUTODIFFLSR_FUZZ_SEED";

    public static TheoryData<string> Readers => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Spoilt_files_are_taken_or_refused(string reader)
    {
        FuzzTarget target = Target(reader);
        int taken = 0;
        Gen<long> seeds = Gen.Choose(0, int.MaxValue).SelectMany(high => Gen.Choose(0, int.MaxValue).Select(low => ((long)high << 31) + low));
        Prop.ForAll(seeds.ToArbitrary(), seed =>
        {
            FuzzOutcome outcome = target.Run(seed);
            taken += outcome.IsTaken ? 1 : 0;
            return (outcome.Failure is null).Label($"{outcome}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

        // If none were taken, or all, the mutations would not test much.
        Assert.InRange(taken, 1, 1499);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Spoilt_files_without_end(string reader)
    {
        string? wanted = Environment.GetEnvironmentVariable(CountVariable);
        Assert.SkipWhen(wanted is null, $"Set {CountVariable} to the number of inputs a reader, such as 1000000.");
        long count = long.Parse(wanted!, CultureInfo.InvariantCulture), taken = 0, slowest = 0;
        RandomSource seeds = new(long.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "1", CultureInfo.InvariantCulture));
        FuzzTarget target = Target(reader);
        long most = 0;
        for (long i = 0; i < count; i++)
        {
            long seed = (long)seeds.NextBits();
            FuzzOutcome outcome = target.Run(seed);
            Assert.True(outcome.Failure is null, $"input {i} (seed {seed}): {outcome}");
            taken += outcome.IsTaken ? 1 : 0;
            slowest = Math.Max(slowest, outcome.Milliseconds);
            most = Math.Max(most, outcome.Allocated);
        }

        Assert.InRange(slowest, 0, 5000);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{reader}: {count} inputs, {taken} taken, {count - taken} refused, 0 failures; slowest {slowest} ms, most memory {most / 1024} KiB"));
    }

    private static FuzzTarget Target(string name) => FuzzTargets.All.Single(target => target.Name == name);
}
