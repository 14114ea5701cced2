using System.Net;
using System.Net.Http.Json;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Operations;
using Library.Api.Tests.Infrastructure.Http;
using Library.Hosting.Messaging;
using Microsoft.Extensions.Options;

namespace Library.Api.Tests.Infrastructure.Commands;

public sealed class CommandSlotTests : IDisposable
{
    private readonly ApiFactory _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_command_too_many_is_turned_away_until_one_is_confirmed()
    {
        var client = _api.CreateClient();
        _api.Service<IOptions<LimitOptions>>().Value.CommandsInFlight = 1;
        var published = new TaskCompletionSource();
        var confirmed = new TaskCompletionSource<bool>();
        _api.Bus.OnPublish = (_, _) =>
        {
            published.TrySetResult();
            return confirmed.Task;
        };

        var first = SendAsync(client);
        await published.Task;
        var second = await SendAsync(client);
        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        second.Headers.RetryAfter.ShouldNotBeNull();
        ((string?)(await second.JsonAsync())["type"]).ShouldBe("/problems#too-many-requests");
        (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        confirmed.SetResult(true);
        (await first).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await SendAsync(client)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Who_waits_for_an_outcome_takes_no_slot()
    {
        var client = _api.CreateClient();
        _api.Service<IOptions<LimitOptions>>().Value.CommandsInFlight = 1;
        var waiting = SendAsync(client, "wait=30");
        // Who waits has joined before the command is published, and holds its slot until then.
        while (_api.Bus.Published.IsEmpty || !HasFreeSlot()) await Task.Yield();

        (await SendAsync(client)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        _api.Service<OperationWaiters>().Complete(new BatchCommitted { OperationIds = [.. _api.Bus.Published.Select(command => command.OperationId)] });
        (await waiting).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private bool HasFreeSlot()
    {
        using var slot = _api.Service<CommandSlots>().TryTake();
        return slot is not null;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string? prefer = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/authors", UriKind.Relative)) { Content = JsonContent.Create(new { name = "A" }) };
        if (prefer is not null) request.Headers.TryAddWithoutValidation("Prefer", prefer);
        return client.SendAsync(request);
    }
}
