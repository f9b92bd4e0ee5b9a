namespace AutoDiffLsr.Cli.Options;

/// <summary>The update rules.</summary>
internal enum OptimizerKind
{
    Sgd,
    Adam,
    AdamW,
    RmsProp,
}
