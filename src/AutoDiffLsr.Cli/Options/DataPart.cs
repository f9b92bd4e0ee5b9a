namespace AutoDiffLsr.Cli.Options;

/// <summary>A part of labelled data.</summary>
internal enum DataPart
{
    All,
    Train,
    Validation,
    Test,
}
