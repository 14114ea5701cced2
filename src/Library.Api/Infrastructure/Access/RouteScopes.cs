using System.Text.RegularExpressions;
using static Library.Api.Infrastructure.Access.Scopes;

namespace Library.Api.Infrastructure.Access;

/// <summary>The one table of the scope that each route requires. A route that is not listed requires <see cref="Admin"/>, and a test fails until it is.</summary>
internal static partial class RouteScopes
{
    /// <summary>By method and pattern, without constraints. GET stands for HEAD as well; a pattern alone for any method.</summary>
    public static readonly IReadOnlyDictionary<string, string> Table = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["GET /v1/authors"] = CatalogRead,
        ["GET /v1/authors/{id}"] = CatalogRead,
        ["GET /v1/authors/{id}/books"] = CatalogRead,
        ["GET /v1/authors/{id}/deletion-preview"] = CatalogRead,
        ["GET /v1/authors/{id}/history"] = CatalogRead,
        ["GET /v1/books"] = CatalogRead,
        ["GET /v1/books/{id}"] = CatalogRead,
        ["GET /v1/books/{id}/authors"] = CatalogRead,
        ["GET /v1/books/{id}/history"] = CatalogRead,
        ["GET /v1/export"] = CatalogRead,

        ["POST /v1/authors"] = CatalogWrite,
        ["PUT /v1/authors/{id}"] = CatalogWrite,
        ["PATCH /v1/authors/{id}"] = CatalogWrite,
        ["DELETE /v1/authors/{id}"] = CatalogWrite,
        ["POST /v1/authors/{id}/restore"] = CatalogWrite,
        ["POST /v1/books"] = CatalogWrite,
        ["PUT /v1/books/{id}"] = CatalogWrite,
        ["PATCH /v1/books/{id}"] = CatalogWrite,
        ["DELETE /v1/books/{id}"] = CatalogWrite,
        ["POST /v1/books/{id}/restore"] = CatalogWrite,
        ["GET /v1/operations/{id}"] = CatalogWrite,

        ["POST /v1/imports"] = ImportsWrite,
        ["GET /v1/imports"] = ImportsWrite,
        ["GET /v1/imports/{id}"] = ImportsWrite,
        ["GET /v1/imports/{id}/progress"] = ImportsWrite,
        ["GET /v1/imports/{id}/refused"] = ImportsWrite,
        ["POST /v1/imports/{id}/pause"] = ImportsWrite,
        ["POST /v1/imports/{id}/resume"] = ImportsWrite,
        ["POST /v1/imports/{id}/cancel"] = ImportsWrite,
        ["POST /v1/imports/{id}/undo"] = ImportsWrite,

        ["GET /v1/events"] = EventsRead,

        ["GET /v1/audit"] = Admin,
        ["GET /v1/dead-letters"] = Admin,
        ["POST /v1/dead-letters/{id}/replay"] = Admin,
        ["DELETE /v1/dead-letters/{id}"] = Admin,
        ["GET /v1/api-keys"] = Admin,
        ["POST /v1/api-keys"] = Admin,
        ["DELETE /v1/api-keys/{id}"] = Admin,

        ["/metrics"] = Operator,

        // The details are for operators; the readiness status is public.
        ["/health/ready"] = Open,
        ["/health/live"] = Open,
        ["GET /"] = Open,
        ["GET /docs/{documentName?}"] = Open,
        ["GET /docs/favicon.svg"] = Open,
        ["GET /docs/scalar.js"] = Open,
        ["GET /docs/scalar.aspnetcore.js"] = Open,
        ["GET /openapi/{documentName}.json"] = Open,
        ["GET /asyncapi.json"] = Open,
        ["GET /problems"] = Open,
    };

    /// <summary>The table's names of a route: one for each method that is not another's shadow.</summary>
    public static IEnumerable<string> NamesOf(string? pattern, IEnumerable<string> methods)
    {
        var path = "/" + Constraint().Replace(pattern ?? "", "{$1$2}").Trim('/');
        var named = methods.Where(method => method != HttpMethods.Head).ToList();
        return named.Count == 0 ? [path] : named.Select(method => $"{method} {path}");
    }

    /// <summary>The scope that all methods of a route ask for; <see cref="Admin"/> where one is not in the table, or they differ.</summary>
    public static string Of(string? pattern, IEnumerable<string> methods)
    {
        string[] scopes = [.. NamesOf(pattern, methods).Select(name => Table.GetValueOrDefault(name, Admin)).Distinct()];
        return scopes is [var scope] ? scope : Admin;
    }

    [GeneratedRegex(@"\{([^:{}?]+)(?::[^{}?]*(?:\([^)]*\))?)?(\??)\}")]
    private static partial Regex Constraint();
}
