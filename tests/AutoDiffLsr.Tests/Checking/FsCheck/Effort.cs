namespace AutoDiffLsr.Tests.Checking.FsCheck;

/// <summary>How many random cases a test draws: a share by default, all with the environment variable AUTODIFFLSR_CHECK=full.</summary>
internal static class Effort
{
    public const long Seed = 20;

    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("AUTODIFFLSR_CHECK") == "full";

    public static int Cases(int ordinary, int full) => IsFull ? full : ordinary;
}
