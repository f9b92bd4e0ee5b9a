using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace AutoDiffLsr.Cluster;

/// <summary>
/// Who may talk to whom: caller and workers each show a certificate, and take only certificates that one authority has signed. Names in them are not compared
/// with addresses, so the authority should sign for nothing else.
/// </summary>
public sealed class TlsFiles
{
    // What a client calls the server that it asks for; certificates are judged by their authority and not by this.
    private const string ServerName = "autodiff-lsr-worker";

    private readonly X509Certificate2 own, authority;

    private TlsFiles(X509Certificate2 own, X509Certificate2 authority) => (this.own, this.authority) = (own, authority);

    /// <summary>Reads the files.</summary>
    /// <param name="certificate">The own certificate: PEM, or PKCS #12 without a password.</param>
    /// <param name="key">The key of a certificate in PEM; null if it is in the same file.</param>
    /// <param name="authorityFile">The certificate of the authority, in PEM.</param>
    /// <returns>The certificates.</returns>
    /// <exception cref="ClusterException">A file cannot be read, or has no certificate or key.</exception>
    public static TlsFiles Read(string certificate, string? key, string authorityFile) => new(
        Load(certificate, () => IsPem(certificate) ? WithStoredKey(X509Certificate2.CreateFromPemFile(certificate, key)) : X509CertificateLoader.LoadPkcs12FromFile(certificate, null)),
        Load(authorityFile, () => X509CertificateLoader.LoadCertificateFromFile(authorityFile)));

    internal void ForSilo(TlsOptions options)
    {
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        ForBoth(options);
    }

    internal void ForClient(TlsOptions options) => ForBoth(options);

    private void ForBoth(TlsOptions options)
    {
        options.LocalCertificate = own;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (remote, chain, _) => IsSigned(remote, chain);
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = ServerName;
    }

    private bool IsSigned(X509Certificate2? remote, X509Chain? sent)
    {
        if (remote is null)
            return false;
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(element => element.Certificate).ToArray());
        return chain.Build(remote);
    }

    private static bool IsPem(string path) => File.ReadAllText(path).Contains("-----BEGIN", StringComparison.Ordinal);

    // On Windows a key that was read from PEM is only in memory, and TLS does not take it from there.
    private static X509Certificate2 WithStoredKey(X509Certificate2 certificate) =>
        OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null) : certificate;

    private static X509Certificate2 Load(string path, Func<X509Certificate2> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ClusterException(File.Exists(path) ? $"{path} has no certificate that can be used: {error.Message}" : $"{path}: there is no such file", error);
        }
    }
}
