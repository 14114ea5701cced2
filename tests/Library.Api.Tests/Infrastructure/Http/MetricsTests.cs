using System.Net;

namespace Library.Api.Tests.Infrastructure.Http;

public sealed class MetricsTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    [Theory]
    [InlineData("false", HttpStatusCode.OK)]
    [InlineData("true", HttpStatusCode.NotFound)]
    public async Task Metrics_are_there_unless_telemetry_is_disabled(string disabled, HttpStatusCode expected)
    {
        await using var host = api.WithWebHostBuilder(builder => builder.UseSetting("OTEL_SDK_DISABLED", disabled));
        (await host.CreateClient().GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(expected);
    }
}
