using System.Text;
using Library.Api.Infrastructure.Access;

namespace Library.Api.Tests.Infrastructure.Access;

/// <summary>The table of routes and scopes as a document.</summary>
internal static class RouteScopeTable
{
    public static string Markdown()
    {
        var text = new StringBuilder("""
            # Routes and scopes

            What a key or token must carry for each route. Generated from `src/Library.Api/Infrastructure/Access/RouteScopes.cs`; a test compares it with the code, and the code with all routes. `admin` may do everything; GET includes HEAD.

            | request | scope |
            | --- | --- |

            """);
        foreach (var (route, scope) in RouteScopes.Table.OrderBy(line => line.Value == Scopes.Open).ThenBy(line => line.Key.Split(' ')[^1], StringComparer.Ordinal).ThenBy(line => line.Key, StringComparer.Ordinal))
            text.Append("| `").Append(route).Append("` | ").Append(scope switch { Scopes.Open => "none: open to everybody", Scopes.Operator => "`admin`, or a peer on this machine", _ => $"`{scope}`" }).Append(" |\n");
        return text.ToString();
    }

    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Library.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Library.sln");
        return folder;
    }
}
