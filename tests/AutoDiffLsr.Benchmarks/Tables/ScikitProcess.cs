using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AutoDiffLsr.Training;

namespace AutoDiffLsr.Benchmarks.Tables;

/// <summary>scikit-learn in a process of its own: it is sent encoded rows, and answers with scores.</summary>
internal sealed class ScikitProcess : IDisposable
{
    private const string Script = "scikit_side.py";

    private readonly Process process;

    public ScikitProcess()
    {
        string python = Environment.GetEnvironmentVariable("AUTODIFFLSR_PYTHON") ?? "/usr/bin/python3";
        ProcessStartInfo start = new(python, [Path.Combine(AppContext.BaseDirectory, "Tables", Script)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        process = Process.Start(start)!;
        Versions = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{python} has no scikit-learn: set AUTODIFFLSR_PYTHON to one that has it.");
    }

    public string Versions { get; }

    /// <summary>The scores of MLPClassifier or MLPRegressor, and of LogisticRegression or LinearRegression, with their defaults.</summary>
    public (double Mlp, double Linear) Score(Dataset<float> train, Dataset<float> test, int seed)
    {
        bool isRegression = train.Targets.Kind == TargetKind.Numbers;
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isRegression ? 1 : 0)} {train.Features} {train.Targets.Columns} {train.Count} {test.Count} {seed}"));
        process.StandardInput.Flush();
        foreach (Dataset<float> part in new[] { train, test })
        {
            process.StandardInput.BaseStream.Write(MemoryMarshal.AsBytes(part.Samples));
            float[] targets = isRegression ? part.Targets.Values.ToArray() : Array.ConvertAll(part.Labels, label => (float)label);
            process.StandardInput.BaseStream.Write(MemoryMarshal.AsBytes<float>(targets));
        }

        process.StandardInput.BaseStream.Flush();
        string[] scores = (process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("scikit-learn's process ended.")).Split(' ');
        return (double.Parse(scores[0], CultureInfo.InvariantCulture), double.Parse(scores[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
