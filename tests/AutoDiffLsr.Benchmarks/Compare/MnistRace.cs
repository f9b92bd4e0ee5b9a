using System.Diagnostics;
using System.Globalization;
using AutoDiffLsr.Benchmarks.Cases;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>From the start of a process until a net has 97.5 % test accuracy on MNIST: what somebody waits for, compilers and files included.</summary>
internal static class MnistRace
{
    public const string Command = "mnist-race";

    public const double Goal = 0.975;

    private const int MostEpochs = 30;

    /// <summary>This side of the race, in a process of its own.</summary>
    public static int Run(string folder, string threads)
    {
        Compute.Threads = int.Parse(threads, CultureInfo.InvariantCulture);
        MnistTraining training = new(folder);
        double accuracy = 0;
        for (int epoch = 0; epoch < MostEpochs && accuracy < Goal; epoch++)
        {
            training.RunEpoch();
            accuracy = training.TestAccuracy();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"accuracy\": {accuracy}}}"));
        return accuracy >= Goal ? 0 : 1;
    }

    public static double[] Ours(string folder, int threads, int rounds)
    {
        string program = Environment.ProcessPath!;
        string[] arguments = [Command, folder, threads.ToString(CultureInfo.InvariantCulture)];
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return Times(() => new ProcessStartInfo(program, isHost ? [typeof(MnistRace).Assembly.Location, .. arguments] : arguments), rounds);
    }

    public static double[] PyTorch(string python, string folder, int threads, int rounds) =>
        Times(() => PyTorchProcess.StartInfo(python, threads, PyTorchProcess.RaceArguments(folder)), rounds);

    private static double[] Times(Func<ProcessStartInfo> start, int rounds)
    {
        double[] microseconds = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            ProcessStartInfo info = start();
            info.RedirectStandardOutput = true;
            long begin = Stopwatch.GetTimestamp();
            using Process process = Process.Start(info)!;
            process.StandardOutput.ReadLine();
            microseconds[round] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
            process.WaitForExit();
        }

        return microseconds;
    }
}
