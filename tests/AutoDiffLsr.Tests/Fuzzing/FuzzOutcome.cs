namespace AutoDiffLsr.Tests.Fuzzing;

/// <summary>What became of one hostile file.</summary>
internal sealed record FuzzOutcome(bool IsTaken, string? Failure, long Allocated, long Milliseconds, byte[] File)
{
    public override string ToString() => $"{Failure}; file: {Convert.ToBase64String(File)}";
}
