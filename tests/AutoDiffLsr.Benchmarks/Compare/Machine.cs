using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using AutoDiffLsr.Numerics;

namespace AutoDiffLsr.Benchmarks.Compare;

/// <summary>What the numbers were measured on and with.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} processors, {MachineLimits.Instructions}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, MathNet.Numerics {VersionOf<MathNet.Numerics.LinearAlgebra.Matrix<float>>()}");

    private static string Processor()
    {
        const string Key = "model name";
        string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string VersionOf<T>() =>
        typeof(T).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";
}
