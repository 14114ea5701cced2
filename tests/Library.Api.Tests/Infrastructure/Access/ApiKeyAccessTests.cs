using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Library.Api.Infrastructure.Access;
using Library.Api.Tests.Infrastructure.Http;
using Npgsql;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class ApiKeyAccessTests : IDisposable
{
    private readonly AccessApi _api = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_key_nothing_of_the_api_is_served()
    {
        foreach (var (name, scope) in RouteScopes.Table.Where(line => line.Key.Contains(" /v1/", StringComparison.Ordinal)))
        {
            var answer = await SendAsync(_api.Client(), name);
            var problem = await answer.ShouldBeProblemAsync(401, "unauthorized");
            ((string?)problem["detail"])!.ShouldContain("no credentials");
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"library\"", name);
        }
    }

    [Fact]
    public async Task With_every_other_scope_a_route_is_refused_and_names_the_one_that_is_missing()
    {
        foreach (var (name, scope) in RouteScopes.Table.Where(line => line.Key.Contains(" /v1/", StringComparison.Ordinal)))
        {
            var others = Scopes.All.Except([scope, Scopes.Admin]).ToArray();
            var client = _api.Client(_api.Keys.Add("ann", others));
            // The second time the key is known: no shorter way may let it through.
            using (await SendAsync(client, name)) { }
            var answer = await SendAsync(client, name);
            var problem = await answer.ShouldBeProblemAsync(403, "forbidden");
            ((string?)problem["detail"])!.ShouldContain($"the scope {scope};", customMessage: name);
            answer.Headers.WwwAuthenticate.ToString().ShouldContain($"error=\"insufficient_scope\", scope=\"{scope}\"");
        }
    }

    [Theory]
    [InlineData("catalog:write")]
    [InlineData("admin")]
    public async Task With_its_scope_or_all_of_them_a_command_is_taken(string scope)
    {
        var answer = await _api.Client(_api.Keys.Add("ann", [scope])).PostAsync("/v1/authors", Json("""{"name":"Ann"}"""), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("Bearer lib_short")]
    [InlineData("Bearer")]
    [InlineData("Basic YTpi")]
    [InlineData("lib_")]
    [InlineData("Bearer  ")]
    public async Task What_is_no_key_is_told_so_and_not_looked_up(string header)
    {
        var client = _api.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        var answer = await client.GetAsync("/v1/authors", Cancellation);
        await answer.ShouldBeProblemAsync(401, "unauthorized");
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
        _api.Keys.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_of_good_form_that_is_not_there_is_refused()
    {
        await (await _api.Client(ApiKeyText.New()).GetAsync("/v1/authors", Cancellation)).ShouldBeProblemAsync(401, "unauthorized");
        _api.Keys.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task While_the_database_is_away_a_key_cannot_be_checked()
    {
        var key = _api.Keys.Add("ann", ["admin"]);
        _api.Keys.Fault = new NpgsqlException("away");
        await (await _api.Client(key).GetAsync("/v1/authors", Cancellation)).ShouldBeProblemAsync(503, "unavailable");
        (await _api.Client(key).GetAsync("/health/live", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _api.Client(key).GetAsync("/health/ready", Cancellation)).Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task Open_documents_need_no_key_and_mind_no_wrong_one()
    {
        foreach (var path in (string[])["/health/live", "/docs/", "/openapi/v1.json", "/asyncapi.json", "/problems"])
        {
            (await _api.Client().GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await _api.Client("wrong").GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task Metrics_and_detail_are_for_administrators_and_this_machine()
    {
        var (remote, reader, admin) = (_api.Client(), _api.Client(_api.Keys.Add("ann", ["catalog:read"])), _api.Client(_api.Keys.Add("root", ["admin"])));
        foreach (var client in (HttpClient[])[remote, reader, admin]) client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");
        await (await remote.GetAsync("/metrics", Cancellation)).ShouldBeProblemAsync(401, "unauthorized");
        await (await reader.GetAsync("/metrics", Cancellation)).ShouldBeProblemAsync(403, "forbidden");
        (await admin.GetAsync("/metrics", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _api.Client().GetAsync("/metrics", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await (await remote.GetAsync("/health/ready", Cancellation)).JsonAsync()).ContainsKey("checks").ShouldBeFalse();
        (await (await reader.GetAsync("/health/ready", Cancellation)).JsonAsync()).ContainsKey("checks").ShouldBeFalse();
        (await (await admin.GetAsync("/health/ready", Cancellation)).JsonAsync()).ContainsKey("checks").ShouldBeTrue();
        (await (await _api.Client().GetAsync("/health/ready", Cancellation)).JsonAsync()).ContainsKey("checks").ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_are_made_in_their_mode_only()
    {
        using var none = new AccessApi("None");
        await (await none.Client().PostAsync("/v1/api-keys", Json("""{"name":"x","scopes":["admin"]}"""), Cancellation)).ShouldBeProblemAsync(409, "no-api-keys");
    }

    [Theory]
    [InlineData("""{"name":" ","scopes":["admin"]}""", "name")]
    [InlineData("""{"name":"a\nb","scopes":["admin"]}""", "name")]
    [InlineData("""{"name":"a","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"a"}""", "scopes")]
    [InlineData("""{"name":"a","scopes":["admin","admin"]}""", "scopes")]
    [InlineData("""{"name":"a","scopes":["admin","root"]}""", "scopes[1]")]
    [InlineData("""{"name":"a","scopes":["admin"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"a","scopes":["admin"],"expiresAt":"soon"}""", "expiresAt")]
    public async Task A_key_that_is_wrong_is_refused_by_its_field(string body, string field)
    {
        var answer = await _api.Client(_api.Keys.Add("root", ["admin"])).PostAsync("/v1/api-keys", Json(body), Cancellation);
        (await answer.ShouldBeProblemAsync(422, "invalid"))["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field]);
    }

    public void Dispose() => _api.Dispose();

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <param name="name">As the table has it.</param>
    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string name)
    {
        var parts = name.Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1].Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal));
        if (parts[0] is "POST" or "PUT") request.Content = Json("{}");
        if (parts[1] is "/v1/imports") request.Content = new StringContent("{}", Encoding.UTF8, "application/x-ndjson");
        if (parts[0] is "PATCH") request.Content = new StringContent("{}", Encoding.UTF8, "application/merge-patch+json");
        return client.SendAsync(request, Cancellation);
    }
}
