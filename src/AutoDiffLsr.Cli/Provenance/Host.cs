using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AutoDiffLsr.Cli.Provenance;

/// <summary>What a run takes place on, and when.</summary>
internal static class Host
{
    private const string DateVariable = "SOURCE_DATE_EPOCH";

    private static readonly string[] Build = (typeof(Host).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+', 2);

    public static string Version => Build[0];

    public static string? Commit => Build.Length > 1 ? Build[1] : null;

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    public static string System => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";

    public static string Processor => Experiments.Cells.Processor.Name;

    /// <summary>Now, or the date that a reproducible build sets.</summary>
    public static string Date()
    {
        DateTimeOffset date = long.TryParse(Environment.GetEnvironmentVariable(DateVariable), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.UtcNow;
        return date.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
