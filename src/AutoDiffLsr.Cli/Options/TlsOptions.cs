using System.CommandLine;
using AutoDiffLsr.Cli.Failures;

namespace AutoDiffLsr.Cli.Options;

/// <summary>Certificates, for connections that leave the machine.</summary>
internal sealed class TlsOptions : IOptionGroup
{
    private readonly InputOption<string?> certificate = new("--tls-certificate") { Description = "The own certificate (PEM, or PKCS #12 without a password).", HelpName = "FILE" };

    private readonly InputOption<string?> key = new("--tls-key") { Description = "Its key, where that is in another file (PEM).", HelpName = "FILE" };

    private readonly InputOption<string?> authority = new("--tls-authority") { Description = "The certificate of the authority that signed those of caller and workers (PEM).", HelpName = "FILE" };

    /// <inheritdoc/>
    public string Title => "Certificates";

    /// <inheritdoc/>
    public IEnumerable<Option> Options => [certificate, key, authority];

    /// <summary>What the arguments ask for; null without certificates.</summary>
    /// <exception cref="UsageException">Only a part of them is given.</exception>
    public TlsSettings? Read(ParseResult result) => (result.GetValue(certificate), result.GetValue(key), result.GetValue(authority)) switch
    {
        (null, null, null) => null,
        ({ } own, var ownKey, { } signer) => new TlsSettings(own, ownKey, signer),
        _ => throw new UsageException("certificates need both --tls-certificate and --tls-authority: each side shows its own, and takes those that the authority signed"),
    };
}
