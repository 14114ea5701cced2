using Library.Api.Infrastructure.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class RouteScopeTests : IDisposable
{
    private readonly AccessApi _api = new();

    [Fact]
    public void Every_route_has_its_scope_in_the_table_and_every_line_of_the_table_its_route()
    {
        var named = Routes().SelectMany(NamesOf).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(40);
        named.Except(RouteScopes.Table.Keys).ShouldBeEmpty("routes without a scope: add them to RouteScopes");
        RouteScopes.Table.Keys.Except(named).ShouldBeEmpty("scopes without a route");
    }

    [Fact]
    public void Every_route_is_guarded_by_its_scope_or_open_by_the_table()
    {
        foreach (var route in Routes())
        {
            var scope = RouteScopes.Table[NamesOf(route).First()];
            var policies = route.Metadata.OfType<IAuthorizeData>().Select(mark => mark.Policy).ToList();
            if (scope == Scopes.Open) policies.ShouldBeEmpty(route.DisplayName);
            else policies.ShouldBe([scope], route.DisplayName);
            route.Metadata.OfType<IAllowAnonymous>().Any().ShouldBe(scope == Scopes.Open, route.DisplayName);
        }
    }

    [Theory]
    [InlineData("/v1/authors/{id:guid}/books", "GET /v1/authors/{id}/books")]
    [InlineData("v1/x/{name:regex(^[[a-z]]{2}$)}", "GET /v1/x/{name}")]
    [InlineData("/docs/{documentName?}", "GET /docs/{documentName?}")]
    [InlineData("/", "GET /")]
    public void Names_have_no_constraints(string pattern, string name) => RouteScopes.NamesOf(pattern, ["GET", "HEAD"]).ShouldBe([name]);

    [Fact]
    public void A_route_that_nobody_named_is_the_administrators() => RouteScopes.Of("/v1/new", ["GET"]).ShouldBe(Scopes.Admin);

    [Fact]
    public void The_checked_in_table_is_that_of_the_code()
    {
        var table = RouteScopeTable.Markdown();
        var file = Path.Combine(RouteScopeTable.Root(), "docs", "scopes.md");
        if (Environment.GetEnvironmentVariable("LIBRARY_WRITE_SCOPES") == "1") File.WriteAllText(file, table);
        File.ReadAllText(file).ShouldBe(table, "docs/scopes.md is generated: LIBRARY_WRITE_SCOPES=1 dotnet run --project tests/Library.Api.Tests -- --filter-class '*RouteScopeTests*'");
    }

    public void Dispose() => _api.Dispose();

    private List<RouteEndpoint> Routes()
    {
        _ = _api.Client();
        return [.. _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
    }

    private static IEnumerable<string> NamesOf(RouteEndpoint route) =>
        RouteScopes.NamesOf(route.RoutePattern.RawText, route.Metadata.OfType<HttpMethodMetadata>().SelectMany(mark => mark.HttpMethods));
}
