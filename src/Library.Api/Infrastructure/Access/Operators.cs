using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

/// <summary>Who may see the service's status in detail: an administrator, or a client on this machine.</summary>
internal static class Operators
{
    public static async Task<bool> MaySee(HttpContext http)
    {
        if (Peers.IsLocal(http)) return true;
        var services = http.RequestServices;
        if (services.GetRequiredService<IOptions<AuthOptions>>().Value.Mode == AuthMode.None) return true;
        var policy = (await services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(Scopes.Operator))!;
        var evaluator = services.GetRequiredService<IPolicyEvaluator>();
        return (await evaluator.AuthorizeAsync(policy, await evaluator.AuthenticateAsync(policy, http), http, http)).Succeeded;
    }
}
