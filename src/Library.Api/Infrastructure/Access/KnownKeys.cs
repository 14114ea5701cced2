namespace Library.Api.Infrastructure.Access;

/// <summary>
/// Lets a key through that memory vouches for and that has the route's scope: a hash and a look-up. Whatever else comes (no key, one that is new,
/// wrong or lacks the scope, open routes) goes the framework's way, which for each request makes a handler and weighs a policy: a quarter
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
