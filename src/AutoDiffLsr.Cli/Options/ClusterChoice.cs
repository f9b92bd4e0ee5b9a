namespace AutoDiffLsr.Cli.Options;

/// <summary>A cluster as the user asked for it.</summary>
/// <param name="Address">Where its workers are.</param>
/// <param name="Tls">Certificates, or null.</param>
internal sealed record ClusterChoice(string Address, TlsSettings? Tls);
