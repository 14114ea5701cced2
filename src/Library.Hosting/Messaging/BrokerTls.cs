using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Library.Hosting.Messaging;

/// <summary>TLS to the broker with a private certificate authority.</summary>
public static class BrokerTls
{
    /// <param name="caFile">PEM, one certificate or more; null: those that the machine trusts.</param>
    public static RemoteCertificateValidationCallback? ValidatorOf(string? caFile)
    {
        if (string.IsNullOrWhiteSpace(caFile)) return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(caFile);
        return (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, authorities);
    }

    /// <summary>The host name is still checked; only the trusted certificate authority differs.</summary>
    internal static bool IsTrusted(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements.Skip(1) ?? []) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(leaf);
    }
}
