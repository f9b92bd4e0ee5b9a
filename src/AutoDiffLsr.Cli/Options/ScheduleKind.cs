namespace AutoDiffLsr.Cli.Options;

/// <summary>How the learning rate changes.</summary>
internal enum ScheduleKind
{
    Constant,
    Steps,
    Cosine,
}
