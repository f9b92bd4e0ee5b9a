namespace AutoDiffLsr.Tests.Checking.FsCheck;

/// <summary>
/// How many random cases a test draws: a share by default, all with the environment variable AUTODIFFLSR_CHECK=full, and a tenth of the share with
/// AUTODIFFLSR_CHECK=few, for mutation testing, which runs the tests several hundred times.
/// </summary>
internal static class Effort
{
    public const long Seed = 20;

    private static readonly string? Asked = Environment.GetEnvironmentVariable("AUTODIFFLSR_CHECK");

    public static bool IsFull { get; } = Asked == "full";

    public static int Cases(int ordinary, int full) => IsFull ? full : Asked == "few" ? (ordinary + 9) / 10 : ordinary;
}
