using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>A Python process with PyTorch that answers a line for a line, with its own number of threads.</summary>
internal sealed class PyTorchProcess : IDisposable
{
    public const string HowToGet =
        "PyTorch was not found: `apt-get install python3-torch libopenblas0-pthread` (Debian) or `pip install torch`, and set AUTODIFFLSR_PYTHON to that Python.";

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Compare", "pytorch_side.py");

    private readonly Process process;

    public PyTorchProcess(string python, int threads)
    {
        process = Process.Start(StartInfo(python, threads, [Script]))!;
        using JsonDocument versions = Ask("versions");
        Versions = string.Create(
            CultureInfo.InvariantCulture,
            $"PyTorch {Text("torch")}, Python {Text("python")}, BLAS: {Text("blas")}, torch.set_num_threads({versions.RootElement.GetProperty("threads").GetInt32()})");

        string? Text(string name) => versions.RootElement.GetProperty(name).GetString();
    }

    /// <summary>One line about what runs there.</summary>
    public string Versions { get; }

    /// <summary>The first Python that has PyTorch; null if none has.</summary>
    public static string? Locate()
    {
        string?[] candidates = [Environment.GetEnvironmentVariable("AUTODIFFLSR_PYTHON"), "/usr/bin/python3", "python3", "python"];
        return Array.Find(candidates, python => !string.IsNullOrEmpty(python) && HasPyTorch(python));
    }

    /// <summary>How the script is started; for the race from process start, with arguments.</summary>
    public static ProcessStartInfo StartInfo(string python, int threads, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // torch.set_num_threads does not bind OpenBLAS, and OpenBLAS does not know every processor: unset, either would make PyTorch look slow.
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        if (System.Runtime.Intrinsics.X86.Avx512F.IsSupported)
            start.Environment.TryAdd("OPENBLAS_CORETYPE", "SkylakeX");
        return start;
    }

    public static IEnumerable<string> RaceArguments(string folder) => [Script, MnistRace.Command, folder];

    public void Make(object work) => Ask(JsonSerializer.Serialize(work)).Dispose();

    public double Time(int calls)
    {
        using JsonDocument answer = Ask(string.Create(CultureInfo.InvariantCulture, $"time {calls}"));
        return answer.RootElement.GetProperty("seconds").GetDouble();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static bool HasPyTorch(string python)
    {
        try
        {
            using Process probe = Process.Start(new ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true })!;
            probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private JsonDocument Ask(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        string answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"PyTorch's side ended while it was asked: {line}");
        return JsonDocument.Parse(answer);
    }
}
