using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Library.Api.Infrastructure.Access;

/// <summary>Authenticates callers by tokens of an OpenID Connect issuer. The framework's own handler checks signature, issuer, audience and times.</summary>
internal static class JwtSetup
{
    /// <summary>As OpenID Connect limits a subject.</summary>
    private const int MaxSubject = 255;

    /// <summary>Asymmetric algorithms only: a token that is unsigned, or signed with the issuer's public key as if it were a shared secret, is rejected.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static void AddTokens(this IServiceCollection services)
    {
        services.AddAuthentication().AddJwtBearer();
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, ForgetWithdrawnKeys);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<AuthOptions>, FailedAttempts>((jwt, auth, attempts) =>
        {
            jwt.Authority = auth.Value.Authority!.ToString();
            jwt.Audience = auth.Value.Audience;
            // http on loopback alone; the options' own check has seen to it.
            jwt.RequireHttpsMetadata = !auth.Value.Authority.IsLoopback;
            jwt.MapInboundClaims = false;
            jwt.RefreshOnIssuerKeyNotFound = true;
            jwt.RefreshInterval = TimeSpan.FromSeconds(30);
            jwt.AutomaticRefreshInterval = TimeSpan.FromMinutes(10);
            jwt.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAlgorithms = Algorithms,
                RequireSignedTokens = true,
                RequireExpirationTime = true,
                ValidateAudience = true,
                ValidateIssuer = true,
                ClockSkew = TimeSpan.FromSeconds(30),
            };
            jwt.Events = new JwtBearerEvents
            {
                OnMessageReceived = message =>
                {
                    if (message.HttpContext.HasCredentials() && attempts.AreSpent(message.HttpContext)) Fail(message.HttpContext, attempts, FailedAttempts.Limited, message.Fail);
                    else if (message.HttpContext.HasCredentials() && message.HttpContext.BearerToken().IsEmpty) Fail(message.HttpContext, attempts, "The header Authorization must be one, Bearer and a token", message.Fail);
                    return Task.CompletedTask;
                },
                OnAuthenticationFailed = failed =>
                {
                    Fail(failed.HttpContext, attempts, ReasonOf(failed.Exception), failed.Fail);
                    return Task.CompletedTask;
                },
                OnTokenValidated = validated =>
                {
                    if (CallerOf(validated.Principal!) is { } caller) validated.Principal = caller;
                    else Fail(validated.HttpContext, attempts, string.Create(CultureInfo.InvariantCulture, $"The token names no subject of 1-{MaxSubject} characters"), validated.Fail);
                    return Task.CompletedTask;
                },
            };
        });
    }

    /// <summary>A key withdrawn by the issuer is rejected immediately; by default it would stay valid for another hour.</summary>
    private static void ForgetWithdrawnKeys(JwtBearerOptions jwt)
    {
        if (jwt.ConfigurationManager is BaseConfigurationManager manager) manager.UseLastKnownGoodConfiguration = false;
    }

    /// <summary>Scopes are in <c>scope</c>, separated by blanks (RFC 9068), or in <c>scp</c>, so or as a list.</summary>
    internal static CallerPrincipal? CallerOf(ClaimsPrincipal token)
    {
        if (token.FindFirst("sub")?.Value is not { Length: > 0 and <= MaxSubject } subject || subject.Any(char.IsControl)) return null;
        var scopes = token.Claims.Where(claim => claim.Type is "scope" or "scp").SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return new CallerPrincipal(subject, scopes, JwtBearerDefaults.AuthenticationScheme);
    }

    private static void Fail(HttpContext http, FailedAttempts attempts, string reason, Action<string> fail)
    {
        var isLimited = reason == FailedAttempts.Limited || !attempts.TryCount(http);
        http.Features.Set(new AccessFailure(isLimited ? FailedAttempts.Limited : reason, isLimited));
        fail(reason);
    }

    private static string ReasonOf(Exception fault) => fault switch
    {
        SecurityTokenExpiredException => "The token is past its time",
        SecurityTokenNotYetValidException => "The token is not valid yet",
        SecurityTokenInvalidAudienceException => "The token is made for another service",
        SecurityTokenInvalidIssuerException => "The token is of another issuer",
        SecurityTokenInvalidAlgorithmException => "The token is signed by an algorithm that is not taken here",
        SecurityTokenSignatureKeyNotFoundException => "The token is signed with a key that the issuer does not name",
        SecurityTokenInvalidSignatureException => "The token's signature does not hold",
        _ => "The token cannot be read or checked",
    };
}
