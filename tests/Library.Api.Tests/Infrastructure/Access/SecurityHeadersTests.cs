using Library.Api.Infrastructure.Access;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class SecurityHeadersTests : IDisposable
{
    private readonly AccessApi _api = new("None");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/operations/0198c0de-0000-7000-8000-000000000000")]
    [InlineData("/v1/authors?no=such")]
    [InlineData("/v1/authors")]
    [InlineData("/nowhere")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/asyncapi.json")]
    [InlineData("/docs/")]
    [InlineData("/docs/scalar.js")]
    [InlineData("/problems")]
    [InlineData("/")]
    public async Task No_answer_lets_its_type_be_guessed(string path)
    {
        var answer = await _api.Client().GetAsync(path, Cancellation);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], path);
    }

    [Theory]
    [InlineData("/docs/")]
    [InlineData("/problems")]
    public async Task Every_page_says_what_it_may_load(string path)
    {
        var answer = await _api.Client().GetAsync(path, Cancellation);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("base-uri 'none'");
        policy.ShouldContain("form-action 'none'");
        policy.Split(';').SingleOrDefault(part => part.Trim().StartsWith("script-src", StringComparison.Ordinal))?.ShouldNotContain("unsafe");
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    [Fact]
    public async Task The_scripts_of_the_reference_are_named_one_by_one()
    {
        var answer = await _api.Client().GetAsync("/docs/", Cancellation);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        var inline = ReferencePolicy.InlineScripts(page).ToList();
        inline.ShouldNotBeEmpty();
        foreach (var script in inline) policy.ShouldContain(ReferencePolicy.HashOf(script));
    }

    [Fact]
    public async Task What_is_no_page_has_no_policy_of_pages() =>
        (await _api.Client().GetAsync("/openapi/v1.json", Cancellation)).Headers.Contains("Content-Security-Policy").ShouldBeFalse();

    public void Dispose() => _api.Dispose();
}
