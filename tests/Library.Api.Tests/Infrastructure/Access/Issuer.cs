using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;

namespace Library.Api.Tests.Infrastructure.Access;

/// <summary>A small OpenID Connect issuer: its configuration, its keys, and tokens good and bad.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Id, RSA Key)> _keys = [];

    private Issuer(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var issuer = new Issuer(app);
        issuer.Rotate();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuer.Address, jwks_uri = issuer.Address + "/keys" }));
        app.MapGet("/keys", () => Results.Json(new { keys = issuer._keys.Select(key => PublicOf(key)) }));
        await app.StartAsync(TestContext.Current.CancellationToken);
        issuer.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return issuer;
    }

    /// <summary>A new key signs from now on; the old one is named no more.</summary>
    public void Rotate()
    {
        _keys.Clear();
        _keys.Add(($"key-{Guid.CreateVersion7():N}", RSA.Create(2048)));
    }

    /// <summary>The public key in the form in which a service that takes shared secrets would be fooled with it.</summary>
    public byte[] PublicPem() => Encoding.ASCII.GetBytes(_keys[0].Key.ExportSubjectPublicKeyInfoPem());

    /// <param name="claims">Instead of, or besides, the good ones; null takes one away.</param>
    public string Token(params (string Name, object? Value)[] claims) => Sign(Header("RS256", _keys[0].Id), Claims(claims), text => _keys[0].Key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>Signed with a key that the issuer does not name, under the name of one that it does.</summary>
    public string Forged()
    {
        using var other = RSA.Create(2048);
        return Sign(Header("RS256", _keys[0].Id), Claims([]), text => other.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public string Unsigned(string algorithm = "none") => Sign(Header(algorithm, _keys[0].Id), Claims([]), _ => []);

    /// <summary>The public key as if it were a shared secret.</summary>
    public string Confused() => Sign(Header("HS256", _keys[0].Id), Claims([]), text => HMACSHA256.HashData(PublicPem(), text));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Dictionary<string, object?> Claims((string Name, object? Value)[] changes)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Address, ["aud"] = "library", ["sub"] = "ann", ["scope"] = "catalog:read", ["iat"] = now, ["nbf"] = now - 10, ["exp"] = now + 600,
        };
        foreach (var (name, value) in changes) claims[name] = value;
        return claims.Where(claim => claim.Value is not null).ToDictionary();
    }

    private static Dictionary<string, object?> Header(string algorithm, string key) => new() { ["alg"] = algorithm, ["typ"] = "at+jwt", ["kid"] = key };

    private static string Sign(object header, object claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Part(header)}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    private static object PublicOf((string Id, RSA Key) key)
    {
        var parameters = key.Key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = key.Id, n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) };
    }
}
