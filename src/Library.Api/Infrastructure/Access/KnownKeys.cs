namespace Library.Api.Infrastructure.Access;

/// <summary>
/// Fast path for a key that is verified in memory and has the route's scope: one hash and one look-up. Everything else (no key, one that is new,
/// wrong or lacks the scope, anonymous routes) takes the framework's path, which creates a handler and evaluates a policy per request: a quarter
/// of what a cached GET costs.
/// </summary>
internal sealed class KnownKeys(VerifiedKeys keys)
{
    public bool Admit(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ScopeMark>() is not { Scope: var scope } || scope is Scopes.Open or Scopes.Operator) return false;
        var token = http.BearerToken();
        if (token.Length != ApiKeyText.Length || keys.Find(ApiKeyText.Hash(token)) is not { } caller || !caller.Has(scope)) return false;
        http.User = caller;
        return true;
    }
}
