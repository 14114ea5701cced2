namespace Library.Api.Infrastructure.Access;

/// <summary>What a caller may be allowed to do.</summary>
internal static class Scopes
{
    public const string CatalogRead = "catalog:read";
    public const string CatalogWrite = "catalog:write";
    public const string ImportsWrite = "imports:write";
    public const string EventsRead = "events:read";
    public const string WebhooksWrite = "webhooks:write";

    /// <summary>Everything, including other callers' operations and imports.</summary>
    public const string Admin = "admin";

    /// <summary>No scope: a route that everybody may use.</summary>
    public const string Open = "open";

    /// <summary>No scope: a route for administrators and for clients on this machine.</summary>
    public const string Operator = "operator";

    /// <summary>Those that a key or a token may carry.</summary>
    public static readonly IReadOnlyList<string> All = [CatalogRead, CatalogWrite, ImportsWrite, EventsRead, WebhooksWrite, Admin];
}
