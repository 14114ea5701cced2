using System.Diagnostics;
using System.Net.Http.Json;

namespace Library.Api.Tests.Infrastructure.Commands;

public class CommandTraceTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private const string Client = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public async Task A_command_goes_on_with_the_trace_of_its_client() => (await TraceOfAsync(Client)).ShouldStartWith(Client[..36]);

    [Theory]
    [InlineData(null)]
    [InlineData("not a trace")]
    public async Task Without_one_that_can_be_read_it_begins_one(string? header)
    {
        var trace = await TraceOfAsync(header);
        trace.ShouldNotBeNull();
        ActivityContext.TryParse(trace, null, out _).ShouldBeTrue();
    }

    /// <summary>The trace while the command is published, which the message takes along.</summary>
    private async Task<string?> TraceOfAsync(string? header)
    {
        string? trace = null;
        api.Bus.OnPublish = (_, _) =>
        {
            trace = Activity.Current?.Id;
            return Task.FromResult(true);
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/authors") { Content = JsonContent.Create(new { name = "Ursula K. Le Guin" }) };
        if (header is not null) request.Headers.TryAddWithoutValidation("traceparent", header);
        (await api.CreateClient().SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        return trace;
    }
}
