using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.TorchComparison;

/// <summary>
/// PyTorch in a process of its own, asked by reference.py. The Python to run is that of the variable AUTODIFFLSR_PYTHON, that of the system, or the first one
/// on the path, whichever has PyTorch; the tests skip where none has.
/// </summary>
public sealed class TorchReference : IDisposable
{
    private static readonly string[] Pythons = [Environment.GetEnvironmentVariable("AUTODIFFLSR_PYTHON") ?? "", "/usr/bin/python3", "python3"];

    private readonly Process? process = Pythons.Where(python => python.Length > 0).Select(Start).FirstOrDefault(process => process is not null);

    /// <summary>The answer to a question.</summary>
    public JsonNode Ask(JsonObject question)
    {
        Assert.SkipWhen(this.process is null, "No Python with PyTorch was found: install it (apt install python3-torch), or name one in AUTODIFFLSR_PYTHON.");
        this.process!.StandardInput.WriteLine(question.ToJsonString());
        this.process.StandardInput.Flush();
        string line = this.process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch's process ended.");
        JsonNode answer = JsonNode.Parse(line)!;
        return answer["error"] is { } error ? throw new InvalidOperationException($"PyTorch says {error} of {question.ToJsonString()}") : answer;
    }

    /// <summary>A matrix as a list of rows.</summary>
    public static JsonArray Rows(Matrix<double> matrix) =>
        [.. matrix.ToRowArrays().Select(row => (JsonNode)new JsonArray([.. row.Select(value => (JsonNode)JsonValue.Create(value))]))];

    /// <summary>A list of rows as a matrix.</summary>
    public static Matrix<double> MatrixOf(JsonNode rows) => Matrix<double>.Build.DenseOfRowArrays(rows.Deserialize<double[][]>());

    public void Dispose()
    {
        if (this.process is null)
            return;
        this.process.StandardInput.Close();
        this.process.WaitForExit();
        this.process.Dispose();
    }

    /// <summary>The process, or null if that Python does not exist or has no PyTorch.</summary>
    private static Process? Start(string python)
    {
        ProcessStartInfo start = new(python, [Path.Combine(AppContext.BaseDirectory, "TorchComparison", "reference.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using (Process probe = Process.Start(new ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true })!)
            {
                probe.StandardError.ReadToEnd();
                probe.WaitForExit();
                if (probe.ExitCode != 0)
                    return null;
            }

            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
