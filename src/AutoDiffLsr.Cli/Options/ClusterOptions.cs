using System.CommandLine;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Where work is done in place of this machine.</summary>
internal sealed class ClusterOptions : IOptionGroup
{
    private readonly Option<string?> cluster = new("--cluster")
    {
        Description = "Workers that do the work in place of this machine (autodiff-lsr worker): their addresses with commas between, or that of a Redis server where they enter theirs.",
        HelpName = "HOST:PORT,...|redis:HOST:PORT",
    };

    private readonly TlsOptions tls = new();

    /// <inheritdoc/>
    public string Title => "Workers";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [cluster, .. tls.Options];

    /// <summary>What the arguments ask for; null for this machine.</summary>
    /// <exception cref="UsageException">Certificates are given without a cluster, or only a part of them.</exception>
    public ClusterChoice? Read(ParseResult result)
    {
        TlsSettings? certificates = tls.Read(result);
        if (result.GetValue(cluster) is { } address)
            return new ClusterChoice(address, certificates);
        return certificates is null ? null : throw new UsageException("--tls-certificate and --tls-authority are for connections to workers: give their addresses with --cluster");
    }
}
