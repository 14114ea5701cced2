using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Library.Hosting.Messaging;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class BrokerTlsTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"ca-{Guid.CreateVersion7():N}.pem");
    private readonly X509Certificate2 _ca = Authority("CN=Own CA");

    public BrokerTlsTests() => File.WriteAllText(_file, _ca.ExportCertificatePem());

    [Fact]
    public void The_own_authority_vouches_for_the_broker() => IsTrusted(Leaf(_ca), SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeTrue();

    [Fact]
    public void Another_authority_does_not()
    {
        using var other = Authority("CN=Own CA");
        IsTrusted(Leaf(other), SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeFalse();
    }

    [Fact]
    public void A_name_that_does_not_fit_is_refused_whoever_vouches() =>
        IsTrusted(Leaf(_ca), SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch).ShouldBeFalse();

    [Fact]
    public void No_certificate_is_refused() => IsTrusted(null, SslPolicyErrors.RemoteCertificateNotAvailable).ShouldBeFalse();

    [Fact]
    public void A_certificate_past_its_time_is_refused() => IsTrusted(Leaf(_ca, Now.AddDays(-1)), SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeFalse();

    [Fact]
    public void Without_one_the_machine_decides() => BrokerTls.ValidatorOf(null).ShouldBeNull();

    public void Dispose()
    {
        File.Delete(_file);
        _ca.Dispose();
    }

    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors) => BrokerTls.ValidatorOf(_file)!(this, certificate, null, errors);

    private static X509Certificate2 Authority(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    private static X509Certificate2 Leaf(X509Certificate2 authority, DateTimeOffset? end = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256).Create(authority, Now.AddDays(-20), end ?? Now.AddDays(20), [1, 2, 3, 4]);
    }
}
