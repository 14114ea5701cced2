using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Library.Api.Infrastructure.Access;

/// <summary>Why credentials were rejected, for the response.</summary>
internal sealed record AccessFailure(string Reason, bool IsLimited = false);

/// <summary>Responses that deny access: 401 with a challenge (RFC 6750), 403 with the missing scope, both as problem details.</summary>
internal sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    private const string Realm = "Bearer realm=\"library\"";

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        return context.User is CallerPrincipal caller ? ForbidAsync(context, caller, ScopeOf(policy)) : ChallengeAsync(context);
    }

    private static Task ChallengeAsync(HttpContext http)
    {
        var failure = http.Features.Get<AccessFailure>();
        if (failure is { IsLimited: true })
        {
            http.Response.Headers.RetryAfter = "60";
            return ProblemWriter.WriteAsync(http, StatusProblems.Of(StatusCodes.Status429TooManyRequests) with { Detail = failure.Reason });
        }

        http.Response.Headers.WWWAuthenticate = failure is null ? Realm : $"{Realm}, error=\"invalid_token\", error_description=\"{failure.Reason}\"";
        return ProblemWriter.WriteAsync(http, Problems.Unauthorized(failure?.Reason ?? "The request carries no credentials"));
    }

    private static Task ForbidAsync(HttpContext http, CallerPrincipal caller, string scope)
    {
        http.Response.Headers.WWWAuthenticate = $"{Realm}, error=\"insufficient_scope\", scope=\"{scope}\"";
        return ProblemWriter.WriteAsync(http, Problems.Forbidden(scope, string.Join(", ", caller.GrantedScopes)));
    }

    private static string ScopeOf(AuthorizationPolicy policy) =>
        policy.Requirements.OfType<ScopeRequirement>().Single().Scope is var scope && scope == Scopes.Operator ? Scopes.Admin : scope;
}
