using System.Diagnostics;
using System.Globalization;
using AutoDiffLsr.Experiments.Projections;
using AutoDiffLsr.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace AutoDiffLsr.Tests.Experiments.Projections;

/// <summary>Against an independent implementation, where one is installed.</summary>
public sealed class ScikitLearnTests
{
    private const string Program = """
        import sys, numpy
        from sklearn.manifold import TSNE, trustworthiness
        samples = numpy.loadtxt(sys.argv[1], delimiter=",")
        ours = numpy.loadtxt(sys.argv[2], delimiter=",")
        theirs = TSNE(n_components=2, perplexity=30, method="exact", init="random", random_state=0).fit_transform(samples)
        print(repr(float(trustworthiness(samples, ours, n_neighbors=12))), repr(float(trustworthiness(samples, theirs, n_neighbors=12))))
        """;

    /// <summary>The one that comes first, and the system's own, for which packages are installed.</summary>
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    [Fact]
    public void Trustworthiness_at_12_is_within_a_hundredth_of_theirs_and_measured_alike()
    {
        string? python = Array.Find(Interpreters, name => Run(name, "import sklearn", out _));
        Assert.SkipWhen(python is null, "No python3 here has sklearn (on Debian: apt-get install python3-sklearn).");
        Matrix<double> samples = Clusters.Make(400);
        Matrix<double> ours = TSne.Embed(samples, cancellation: TestContext.Current.CancellationToken).Positions;
        using TemporaryFolder folder = new();
        string samplesFile = Write(folder, "samples.csv", samples), oursFile = Write(folder, "ours.csv", ours);
        Assert.True(Run(python, Program, out string output, samplesFile, oursFile), output);
        double[] measured = [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        TestContext.Current.SendDiagnosticMessage($"Trustworthiness at k = 12: ours {measured[0]:F5}, scikit-learn's {measured[1]:F5}.");
        Assert.Equal(measured[0], Trustworthiness.Of(samples, ours, 12), 1e-10);
        Assert.InRange(measured[0] - measured[1], -0.01, 0.01);
    }

    private static string Write(TemporaryFolder folder, string name, Matrix<double> matrix)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllLines(path, matrix.EnumerateRows().Select(row => string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
        return path;
    }

    private static bool Run(string interpreter, string program, out string output, params string[] arguments)
    {
        output = "";
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(interpreter, ["-c", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                output = errors.Result;
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
