using System.Net;
using Library.Api.Infrastructure.Access;
using Library.Api.Tests.Infrastructure.Http;
using Microsoft.Extensions.Options;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class JwtAccessTests : IAsyncLifetime
{
    private Issuer _issuer = null!;
    private AccessApi _api = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _issuer = await Issuer.StartAsync();
        _api = new AccessApi("Jwt", ("Library:Auth:Authority", _issuer.Address), ("Library:Auth:Audience", "library"), ("Library:Limits:FailedAttemptsPerMinute", "0"));
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("scope", "openid catalog:write email")]
    [InlineData("scp", "catalog:write")]
    [InlineData("scp", new[] { "openid", "catalog:write" })]
    [InlineData("scope", "admin")]
    public async Task A_good_token_has_the_scopes_of_its_claims(string claim, object value)
    {
        var token = _issuer.Token(("scope", null), (claim, value));
        (await AskAsync(token, "/v1/operations/" + Guid.CreateVersion7())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_named()
    {
        var answer = await AskAsync(_issuer.Token(), "/v1/imports");
        ((string?)(await answer.ShouldBeProblemAsync(403, "forbidden"))["detail"])!.ShouldContain("imports:write");
    }

    [Fact]
    public async Task Scopes_of_others_count_for_nothing()
    {
        await (await AskAsync(_issuer.Token(("scope", "catalog:read:all ADMIN administrator admin,catalog:write")), "/v1/operations/" + Guid.CreateVersion7())).ShouldBeProblemAsync(403, "forbidden");
    }

    [Fact]
    public Task A_token_for_another_service_is_refused() => RefusedAsync(_issuer.Token(("aud", "payroll")), "made for another service");

    [Fact]
    public Task A_token_of_another_issuer_is_refused() => RefusedAsync(_issuer.Token(("iss", "https://issuer.example")), "of another issuer");

    [Fact]
    public Task A_token_past_its_time_is_refused() => RefusedAsync(_issuer.Token(("nbf", null), ("exp", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60)), "past its time");

    [Fact]
    public Task A_token_that_never_ends_is_refused() => RefusedAsync(_issuer.Token(("exp", null)), "");

    [Fact]
    public Task A_token_of_tomorrow_is_refused() =>
        RefusedAsync(_issuer.Token(("nbf", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3600), ("exp", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 7200)), "not valid yet");

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("RS256")]
    public Task An_unsigned_token_is_refused(string algorithm) => RefusedAsync(_issuer.Unsigned(algorithm), "");

    [Fact]
    public Task A_token_signed_with_the_public_key_as_a_secret_is_refused() => RefusedAsync(_issuer.Confused(), "");

    [Fact]
    public Task A_token_signed_with_a_strange_key_is_refused() => RefusedAsync(_issuer.Forged(), "");

    [Fact]
    public Task A_token_without_subject_is_refused() => RefusedAsync(_issuer.Token(("sub", null)), "no subject");

    [Fact]
    public Task An_api_key_is_no_token() => RefusedAsync(ApiKeyText.New(), "");

    [Fact]
    public async Task A_new_key_of_the_issuer_is_fetched_when_it_is_first_seen()
    {
        (await AskAsync(_issuer.Token(), "/v1/imports")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var old = _issuer.Token();
        _issuer.Rotate();
        var deadline = TimeProvider.System.GetTimestamp();
        // The keys are fetched in the background: the first requests may still meet the old ones.
        HttpResponseMessage answer;
        do answer = await AskAsync(_issuer.Token(), "/v1/imports");
        while (answer.StatusCode == HttpStatusCode.Unauthorized && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(40));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await RefusedAsync(old, "");
    }

    [Fact]
    public async Task Authority_and_audience_are_required_and_https()
    {
        foreach (var (authority, audience) in ((string, string)[])[("", "library"), ("http://issuer.example", "library"), ("https://issuer.example", "")])
        {
            using var wrong = new AccessApi("Jwt", ("Library:Auth:Authority", authority), ("Library:Auth:Audience", audience));
            Should.Throw<OptionsValidationException>(() => wrong.Client()).Message.ShouldContain("Library:Auth:");
        }

        await Task.CompletedTask;
    }

    private async Task RefusedAsync(string token, string reason)
    {
        var answer = await AskAsync(token, "/v1/authors");
        ((string?)(await answer.ShouldBeProblemAsync(401, "unauthorized"))["detail"])!.ShouldContain(reason);
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
    }

    private Task<HttpResponseMessage> AskAsync(string token, string path) => _api.Client(token).GetAsync(path, Cancellation);
}
