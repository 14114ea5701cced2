using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

/// <summary>Whoever may see how the service is: an administrator, or someone on this machine.</summary>
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
