using System.Net;
using Library.Api.Infrastructure.Access;
using Library.Api.Tests.Infrastructure.Http;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class BrowserGuardTests : IDisposable
{
    private readonly AccessApi _api = new("None", ("Library:Http:Hosts", "library.internal"), ("Library:Http:CorsOrigins", "https://app.example"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Commands that need no body, so that a plain form of any page can send them; the rest stands for reads.</summary>
    public static TheoryData<string, string> Requests =>
    [
        ("POST", "/v1/authors/0198c0de-0000-7000-8000-000000000000/restore"),
        ("POST", "/v1/imports/0198c0de-0000-7000-8000-000000000000/undo"),
        ("POST", "/v1/imports/0198c0de-0000-7000-8000-000000000000/cancel"),
        ("DELETE", "/v1/authors/0198c0de-0000-7000-8000-000000000000"),
        ("PUT", "/v1/authors/0198c0de-0000-7000-8000-000000000000"),
        ("PATCH", "/v1/authors/0198c0de-0000-7000-8000-000000000000"),
        ("OPTIONS", "/v1/authors"),
        ("GET", "/v1/authors"),
        ("HEAD", "/v1/authors"),
        ("GET", "/v1/export"),
        ("GET", "/v1/events"),
        ("GET", "/metrics"),
        ("GET", "/health/ready"),
        ("GET", "/docs/"),
        ("GET", "/nowhere"),
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Under_a_foreign_name_nothing_is_served(string method, string path)
    {
        var answer = await SendAsync(method, path, ("Host", "evil.example"));
        answer.StatusCode.ShouldBe((HttpStatusCode)421);
        if (method != "HEAD") await answer.ShouldBeProblemAsync(421, "misdirected-request");
        _api.Factory.Bus.Published.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_page_of_another_origin_may_send_nothing(string method, string path)
    {
        foreach (var (name, value) in ((string, string)[])[
            ("Origin", "https://evil.example"), ("Origin", "null"), ("Origin", "http://localhost:3000"), ("Origin", "https://localhost"), ("Origin", "file://"),
            ("Origin", "http://localhost@evil.example"), ("Origin", "http://localhost.evil.example"), ("Origin", "https://app.example.evil.example"), ("Origin", "http://app.example"),
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Site", "nonsense")])
        {
            var answer = await SendAsync(method, path, (name, value));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path} {name}: {value}");
            if (method != "HEAD") await answer.ShouldBeProblemAsync(403, "foreign-origin");
        }

        _api.Factory.Bus.Published.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://app.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    public async Task Its_own_pages_named_ones_and_programs_are_served(string name, string value)
    {
        var answer = await SendAsync("DELETE", "/v1/authors/0198c0de-0000-7000-8000-000000000000", (name, value));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task An_own_page_of_the_reference_may_try_a_command_out()
    {
        var answer = await SendAsync("POST", "/v1/authors/0198c0de-0000-7000-8000-000000000000/restore", ("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("/problems", true)]
    [InlineData("/docs/", true)]
    [InlineData("/", true)]
    [InlineData("/v1/authors", false)]
    [InlineData("/metrics", false)]
    public async Task A_link_from_elsewhere_leads_to_open_documents_only(string path, bool open)
    {
        var answer = await SendAsync("GET", path, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        (answer.StatusCode == HttpStatusCode.Forbidden).ShouldBe(!open, path);
        (await SendAsync("GET", path, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync("GET", path, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_named_host_is_served_under_its_own_origin()
    {
        (await SendAsync("GET", "/problems", ("Host", "library.internal:8080"), ("Origin", "http://library.internal:8080"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync("GET", "/problems", ("Host", "library.internal:8080"), ("Origin", "http://library.internal"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_page_of_a_named_origin_may_ask_what_it_may_send_and_read_our_headers()
    {
        var preflight = await SendAsync("OPTIONS", "/v1/authors", ("Origin", "https://app.example"), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "if-match,authorization"));
        preflight.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        preflight.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example"]);
        preflight.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        var answer = await SendAsync("DELETE", "/v1/authors/0198c0de-0000-7000-8000-000000000000", ("Origin", "https://app.example"));
        answer.Headers.GetValues("Access-Control-Expose-Headers").Single().ShouldContain("Operation-Location");
    }

    [Fact]
    public async Task With_authentication_any_name_and_origin_is_served_to_who_has_a_key()
    {
        using var guarded = new AccessApi();
        var client = guarded.Client(guarded.Keys.Add("root", ["admin"]));
        var request = new HttpRequestMessage(HttpMethod.Delete, "/v1/authors/0198c0de-0000-7000-8000-000000000000") { Headers = { Host = "library.example" } };
        request.Headers.Add("Origin", "https://elsewhere.example");
        var answer = await client.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    public void Dispose() => _api.Dispose();

    private Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _api.Client().SendAsync(request, Cancellation);
    }
}
