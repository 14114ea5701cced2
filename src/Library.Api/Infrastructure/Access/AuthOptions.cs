using System.ComponentModel.DataAnnotations;

namespace Library.Api.Infrastructure.Access;

/// <summary>Authentication and authorization, section <c>Library:Auth</c>.</summary>
internal sealed class AuthOptions : IValidatableObject
{
    public const string SectionName = "Library:Auth";

    /// <summary>None: everybody may do everything, so only loopback addresses are served. ApiKey: keys of our own. Jwt: tokens of an OpenID Connect issuer. Default: None.</summary>
    [EnumDataType(typeof(AuthMode))]
    public AuthMode Mode { get; set; } = AuthMode.None;

    /// <summary>True: mode None on any address, for networks that guard the service themselves. Default: false.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Mode Jwt: the issuer, whose <c>/.well-known/openid-configuration</c> names its keys; <c>https</c>, or <c>http</c> on a loopback address. Required there.</summary>
    public Uri? Authority { get; set; }

    /// <summary>Mode Jwt: what a token's <c>aud</c> must hold, so that one made for another service is none here. Required there.</summary>
    public string? Audience { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode != AuthMode.Jwt) yield break;
        if (Authority is not { IsAbsoluteUri: true } authority || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
            yield return new("Library:Auth:Authority must be the https address of the issuer in mode Jwt.", [nameof(Authority)]);
        if (string.IsNullOrWhiteSpace(Audience)) yield return new("Library:Auth:Audience must name this service in mode Jwt.", [nameof(Audience)]);
    }
}

internal enum AuthMode
{
    None,
    ApiKey,
    Jwt,
}
