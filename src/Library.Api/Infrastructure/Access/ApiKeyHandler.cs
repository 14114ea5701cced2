using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Infrastructure.Access;

/// <summary>Authenticates a caller by the key in <c>Authorization: Bearer lib_…</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logging, UrlEncoder encoder, VerifiedKeys keys, FailedAttempts attempts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logging, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Malformed = "This is no key of this service: it was mistyped, cut off, or is another's";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Context.BearerToken();
        if (token.IsEmpty) return Task.FromResult(Context.HasCredentials() ? Failed("The header Authorization must be one, Bearer and a key") : AuthenticateResult.NoResult());
        if (token.Length != ApiKeyText.Length) return Task.FromResult(Failed(Malformed));
        // Memory first: what is found there was well-formed.
        var hash = ApiKeyText.Hash(token);
        if (keys.Find(hash) is { } caller) return Task.FromResult(Success(caller));
        return ApiKeyText.IsWellFormed(token) ? VerifyAsync(token[..ApiKeyText.PrefixLength].ToString(), hash) : Task.FromResult(Failed(Malformed));
    }

    private async Task<AuthenticateResult> VerifyAsync(string prefix, byte[] hash)
    {
        if (attempts.AreSpent(Context)) return Failed(FailedAttempts.Limited, isLimited: true);
        try
        {
            return await keys.VerifyAsync(prefix, hash, Context.RequestAborted) is { } caller
                ? Success(caller)
                : Failed("There is no such key, or it is revoked or past its time");
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException && Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            // Anonymous routes must not depend on the database that holds the keys.
            return AuthenticateResult.NoResult();
        }
    }

    private AuthenticateResult Failed(string reason, bool isLimited = false)
    {
        if (!isLimited && !attempts.TryCount(Context)) (reason, isLimited) = (FailedAttempts.Limited, true);
        Context.Features.Set(new AccessFailure(reason, isLimited));
        return AuthenticateResult.Fail(reason);
    }

    private static AuthenticateResult Success(CallerPrincipal caller) => AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName));
}

internal static class Credentials
{
    private const string Scheme = "Bearer ";

    public static bool HasCredentials(this HttpContext http) => http.Request.Headers.Authorization.Count > 0;

    /// <summary>The token of RFC 6750; empty: there is none, or more than one.</summary>
    public static ReadOnlySpan<char> BearerToken(this HttpContext http)
    {
        var headers = http.Request.Headers.Authorization;
        return headers.Count == 1 && headers[0] is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header.AsSpan(Scheme.Length).Trim() : default;
    }
}
