using Library.Api.Infrastructure.Resources;
using Library.Api.Tests.Infrastructure.Http;

namespace Library.Api.Tests.Infrastructure.Resources;

public class AsOfTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.0000000+00:00")]
    [InlineData("2026-01-31t12:00:00.123456z", "2026-01-31T12:00:00.1234560+00:00")]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("2026-01-31T12:00:00.5-00:30", "2026-01-31T12:30:00.5000000+00:00")]
    public void A_time_with_its_offset_is_one(string text, string expected)
    {
        AsOf.TryRead(text, out var time).ShouldBeTrue();
        time.ToString("O").ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-01-31T12:00:00 02:00")]
    [InlineData("2026-01-31 12:00:00Z")]
    [InlineData("1700000000")]
    public void Anything_else_is_none(string? text) => AsOf.TryRead(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2026-01-31")]
    [InlineData("2999-01-01T00:00:00Z")]
    public async Task A_wrong_time_is_named(string text)
    {
        var answer = await api.CreateClient().GetAsync(new Uri($"/v1/authors/{Guid.CreateVersion7()}?asOf={text}", UriKind.Relative), TestContext.Current.CancellationToken);
        (await answer.ShouldBeProblemAsync(400, "malformed"))["errors"]!["asOf"].ShouldNotBeNull();
    }
}
