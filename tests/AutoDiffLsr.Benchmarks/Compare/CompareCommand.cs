using AutoDiffLsr.Benchmarks.Cases;
using AutoDiffLsr.Numerics;
using MathNet.Numerics;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>The command <c>compare</c>: this engine beside PyTorch, and products beside MathNet's managed provider.</summary>
internal sealed class CompareCommand
{
    /// <summary>PyTorch's thread pools spin for a while after their work, on the core that our second thread would use.</summary>
    private static readonly TimeSpan PauseForSpinners = TimeSpan.FromMilliseconds(50);

    private readonly CompareOptions options;
    private readonly string? python, mnist;
    private readonly double peak;
    private readonly CompareReport report;

    private CompareCommand(CompareOptions options)
    {
        this.options = options;
        (python, mnist) = (PyTorchProcess.Locate(), MnistFolder.Locate());
        peak = MachineLimits.MultiplyAddRate<float>();
        report = new CompareReport(Machine.Describe(), peak);
    }

    public static int Run(string[] arguments)
    {
        try
        {
            new CompareCommand(CompareOptions.Parse(arguments)).Run();
            return 0;
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private void Run()
    {
        report.WriteHead();
        if (options.Smoke)
            Console.WriteLine("smoke: single calls, so these times say nothing");
        if (python is null)
            report.WriteVersions(PyTorchProcess.HowToGet);
        if (mnist is null)
            Console.WriteLine("MNIST was not found: set AUTODIFFLSR_DATA to a folder with its four files for the rows about it.");
        foreach (int threads in options.Threads)
            Run(threads);
        if (options.Json is not null)
            report.WriteJson(options.Json);
    }

    private void Run(int threads)
    {
        Compute.Threads = threads;
        Control.MaxDegreeOfParallelism = threads;
        using PyTorchProcess? torch = python is null ? null : new PyTorchProcess(python, threads);
        if (torch is not null)
            report.WriteVersions(torch.Versions);
        CompareReport.WriteColumns(threads);
        foreach (ComparisonRow row in ComparisonRows.All(mnist).Where(options.Wants))
            report.Add(Measure(row, threads, torch));
        Race(threads);
    }

    private RowResult Measure(ComparisonRow row, int threads, PyTorchProcess? torch)
    {
        List<IContender> contenders = [new OwnContender(row.Ours())];
        if (torch is not null)
            contenders.Add(new PyTorchContender(torch, row.Case));
        double[][] times = Measure(contenders, row, threads);
        RowResult result = RowResult.Of(row.Name, threads, times[0], torch is null ? null : times[1]);
        if (row.Operations == 0)
            return result;
        double rate = row.Operations / result.Ours / 1e3;
        double? mathNet = row.MathNet is null ? null : Measure([new OwnContender(row.MathNet())], row with { MostRounds = 3 }, threads)[0].Min();
        return result with
        {
            GigaFlops = rate,
            ShareOfPeak = rate / (peak * threads),
            MathNet = mathNet,
            MathNetRatio = mathNet / result.Ours,
        };
    }

    private double[][] Measure(List<IContender> contenders, ComparisonRow row, int threads) => Rounds.Measure(
        contenders, Math.Min(options.Rounds, row.MostRounds), options.RoundSeconds, threads > 1 && contenders.Count > 1 ? PauseForSpinners : TimeSpan.Zero, options.Smoke);

    private void Race(int threads)
    {
        ComparisonRow race = new("MNIST to 97.5 %, from process start", new { }, () => () => { }) { IsSmall = false };
        if (mnist is null || !options.Wants(race))
            return;
        int rounds = Math.Min(options.Rounds, 3);
        double[] ours = MnistRace.Ours(mnist, threads, rounds);
        report.Add(RowResult.Of(race.Name, threads, ours, python is null ? null : MnistRace.PyTorch(python, mnist, threads, rounds)));
    }
}
