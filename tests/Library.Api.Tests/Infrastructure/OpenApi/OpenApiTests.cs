using System.Text.Json.Nodes;
using Library.Api.Infrastructure.Http;
using Library.Api.Tests.Infrastructure.Http;

namespace Library.Api.Tests.Infrastructure.OpenApi;

public class OpenApiTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private static readonly string[] Methods = ["get", "put", "post", "patch", "delete", "head"];

    [Fact]
    public async Task Every_route_is_named_summarised_described_tagged_and_typed()
    {
        var operations = Operations(await DocumentAsync()).ToList();
        operations.Count.ShouldBeGreaterThan(14);
        operations.Select(operation => (string?)operation.Value["operationId"]).ShouldBeUnique();
        foreach (var (name, operation) in operations)
        {
            foreach (var field in (string[])["operationId", "summary", "description"]) ((string?)operation[field]).ShouldNotBeNullOrWhiteSpace($"{name}: {field}");
            operation["tags"]!.AsArray().ShouldNotBeEmpty(name);
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                ((string?)response!["description"]).ShouldNotBeNullOrWhiteSpace($"{name} {status}");
                if (status is "204" or "304") continue;
                var media = response["content"]!.AsObject().Select(content => content.Key);
                string[] types = status[0] != '2' ? ["application/problem+json"] : name switch
                {
                    "get /v1/events" => [.. MediaTypes.OfEvents],
                    "get /v1/export" => [MediaTypes.NdJson, MediaTypes.Csv],
                    "get /v1/imports/{id}/refused" => [MediaTypes.NdJson],
                    "get /v1/imports/{id}/progress" => [MediaTypes.EventStream],
                    _ => ["application/json"],
                };
                media.ShouldBe(types, $"{name} {status}");
            }

            foreach (var parameter in operation["parameters"]?.AsArray() ?? []) ((string?)parameter!["description"]).ShouldNotBeNullOrWhiteSpace($"{name}: {parameter["name"]}");
            if (name.StartsWith("post /v1/", StringComparison.Ordinal) && name.Contains("/{id}/", StringComparison.Ordinal)) continue;
            if (name[..3] is "pos" or "put" or "pat") operation["requestBody"].ShouldNotBeNull(name);
        }
    }

    [Fact]
    public async Task Every_field_is_described()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!.AsObject();
        schemas.Select(schema => schema.Key).ShouldContain("AuthorBody");
        foreach (var (name, schema) in schemas)
            foreach (var (field, property) in schema!["properties"]?.AsObject() ?? [])
                if (property!.ToJsonString() is var text && !text.Contains("$ref", StringComparison.Ordinal)) ((string?)property["description"]).ShouldNotBeNullOrWhiteSpace($"{name}.{field}");
    }

    [Fact]
    public async Task Limits_and_nulls_are_told_as_they_are_checked()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!;
        schemas["AuthorBody"]!["required"]!.ToJsonString().ShouldBe("""["name"]""");
        schemas["AuthorBody"]!["properties"]!["name"]!["type"]!.ToJsonString().ShouldBe("\"string\"");
        schemas["AuthorBody"]!["properties"]!["name"]!["maxLength"]!.ToJsonString().ShouldBe("500");
        var patch = schemas["BookPatch"]!["properties"]!;
        patch["title"]!["maxLength"]!.ToJsonString().ShouldBe("2000");
        patch["description"]!["type"]!.ToJsonString().ShouldBe("""["null","string"]""");
        patch["authorIds"]!["maxItems"]!.ToJsonString().ShouldBe("100");
    }

    [Fact]
    public async Task It_is_OpenApi_3_1() => ((string?)(await DocumentAsync())["openapi"]).ShouldStartWith("3.1");

    [Fact]
    public async Task The_reference_loads_nothing_from_elsewhere()
    {
        var page = await api.CreateClient().GetStringAsync("/docs/", TestContext.Current.CancellationToken);
        page.ShouldContain("<script");
        page.ShouldNotContain("src=\"http");
        page.ShouldNotContain("href=\"http");
        page.ShouldNotContain("cdn");
        page.ShouldContain("\"withDefaultFonts\":false");
    }

    private async Task<JsonObject> DocumentAsync() => await (await api.CreateClient().GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).JsonAsync();

    private static IEnumerable<KeyValuePair<string, JsonObject>> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Methods.Contains(operation.Key)
        select KeyValuePair.Create($"{operation.Key} {path.Key}", operation.Value!.AsObject());
}
