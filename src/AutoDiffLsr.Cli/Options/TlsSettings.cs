namespace AutoDiffLsr.Cli.Options;

/// <summary>The files of certificates that the user named.</summary>
internal sealed record TlsSettings(string Certificate, string? Key, string Authority);
