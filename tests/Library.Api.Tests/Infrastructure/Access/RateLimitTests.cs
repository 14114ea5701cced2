using System.Net;
using System.Text.RegularExpressions;
using Library.Api.Infrastructure.Access;
using Library.Api.Tests.Infrastructure.Http;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class RateLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_caller_has_requests_of_its_own_and_is_told_what_is_left()
    {
        using var api = new AccessApi("ApiKey", ("Library:Limits:RequestsPerMinute", "3"));
        var (ann, bob) = (api.Client(api.Keys.Add("ann", ["admin"])), api.Client(api.Keys.Add("bob", ["admin"])));
        for (var left = 2; left >= 0; left--)
        {
            var answer = await AskAsync(ann);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            answer.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"minute\";q=3;w=60"]);
            answer.Headers.GetValues("RateLimit").Single().ShouldMatch($"^\"minute\";r={left};t=([1-5]?[0-9]|60)$");
        }

        var refused = await AskAsync(ann);
        await refused.ShouldBeProblemAsync(429, "too-many-requests");
        refused.Headers.GetValues("RateLimit").Single().ShouldStartWith("\"minute\";r=0;t=");
        var wait = refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        wait.ShouldBe(int.Parse(Regex.Match(refused.Headers.GetValues("RateLimit").Single(), "t=([0-9]+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        (await AskAsync(bob)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Two_keys_of_one_name_share_its_requests()
    {
        using var api = new AccessApi("ApiKey", ("Library:Limits:RequestsPerMinute", "1"));
        var (one, other) = (api.Client(api.Keys.Add("ann", ["admin"])), api.Client(api.Keys.Add("ann", ["admin"])));
        (await AskAsync(one)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(other)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Who_is_refused_access_is_counted_as_well()
    {
        using var api = new AccessApi("ApiKey", ("Library:Limits:RequestsPerMinute", "2"));
        (await AskAsync(api.Client())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(api.Client())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(api.Client())).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Health_is_never_limited()
    {
        using var api = new AccessApi("ApiKey", ("Library:Limits:RequestsPerMinute", "1"));
        for (var i = 0; i < 5; i++) (await api.Client().GetAsync("/health/live", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task In_mode_None_there_is_no_limit_unless_one_is_set()
    {
        using var free = new AccessApi("None");
        (await AskAsync(free.Client())).Headers.Contains("RateLimit").ShouldBeFalse();
        using var limited = new AccessApi("None", ("Library:Limits:RequestsPerMinute", "1"));
        (await AskAsync(limited.Client())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(limited.Client())).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task By_default_a_caller_has_six_thousand()
    {
        using var api = new AccessApi();
        (await AskAsync(api.Client(api.Keys.Add("ann", ["admin"])))).Headers.GetValues("RateLimit-Policy").ShouldBe(["\"minute\";q=6000;w=60"]);
    }

    [Fact]
    public async Task Keys_that_do_not_hold_are_limited_by_address_and_then_not_looked_up()
    {
        using var api = new AccessApi("ApiKey", ("Library:Limits:FailedAttemptsPerMinute", "3"));
        var good = api.Client(api.Keys.Add("ann", ["admin"]));
        (await AskAsync(good)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        for (var i = 0; i < 3; i++) (await AskAsync(api.Client(ApiKeyText.New()))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var reads = api.Keys.Reads;
        var limited = await AskAsync(api.Client(ApiKeyText.New()));
        await limited.ShouldBeProblemAsync(429, "too-many-requests");
        limited.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        (await AskAsync(api.Client("lib_mistyped"))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        api.Keys.Reads.ShouldBe(reads);
        (await AskAsync(good)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "who is known goes on");
    }

    [Fact]
    public async Task A_proxy_that_is_not_named_speaks_for_itself_only()
    {
        using var api = new AccessApi("None", ("Library:Limits:RequestsPerMinute", "1"));
        (await AskAsync(api.Client(), "192.0.2.1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(api.Client(), "192.0.2.2")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string? forwardedFor = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/operations/0198c0de-0000-7000-8000-000000000000");
        if (forwardedFor is not null) request.Headers.Add("X-Forwarded-For", forwardedFor);
        return client.SendAsync(request, Cancellation);
    }
}
