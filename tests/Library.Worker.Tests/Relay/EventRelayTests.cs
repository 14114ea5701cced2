using Library.Hosting.Events;
using Library.Hosting.Messaging;
using Library.Testing;
using Library.Testing.Hosts;
using Library.Worker.Features.Relay;
using Library.Worker.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Library.Worker.Tests.Relay;

/// <summary>The relay between a real Postgres and a real RabbitMQ.</summary>
[NeedsServers]
public sealed class EventRelayTests(TestServers servers) : IAsyncLifetime
{
    private readonly CatalogDatabase _database = new(servers);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(RelayLead.PageSize)]
    [InlineData((2 * RelayLead.PageSize) + 1)]
    [InlineData((3 * RelayLead.PageSize) - 1)]
    public async Task Every_event_is_published_once_in_order_however_many_pages_they_make(int count)
    {
        await AppendAsync(count);
        var vhost = await servers.CreateVhostAsync();
        await using var service = new LibraryService(_database.Postgres.ConnectionString, vhost);
        await using var recorder = await EventRecorder.StartAsync(service);
        using var signal = new EventSignal(_database.Postgres, TimeProvider.System, NullLogger<EventSignal>.Instance);
        using var relay = new EventRelay(
            cancellation => ConfirmedChannel.OpenAsync(MessagingSetup.CreateFactory(new RabbitMqOptions { Uri = vhost }), cancellation),
            async cancellation => await RelayLead.OpenAsync(_database.Postgres, cancellation), _database.Readiness, signal,
            new RelayState(_database.Meters), TimeProvider.System, NullLogger<EventRelay>.Instance);
        await relay.StartAsync(CancellationToken.None);

        var last = await _database.ScalarAsync<long>("select max(seq_id) from mt_events");
        await Eventually.HoldsAsync(async () => await _database.ScalarAsync<long>("select position from relay_position") == last, "the position behind all events is stored");
        // Some that come while the relay waits.
        await AppendAsync(2);
        await recorder.UntilAsync(events => events.Count >= count + 2, "all events arrive");
        await relay.StopAsync(CancellationToken.None);

        var positions = recorder.Events.Select(recorded => recorded.Position).ToArray();
        positions.ShouldBe(await _database.ColumnAsync<long>("select seq_id from mt_events order by seq_id"));
        recorder.Events.Select(recorded => recorded.PreviousPosition).ShouldBe([0, .. positions[..^1]]);
    }

    private async Task AppendAsync(int count)
    {
        for (; count > 0; count -= 500) await _database.ApplyAsync([.. Enumerable.Range(0, Math.Min(count, 500)).Select(_ => Commands.CreateAuthor(Guid.CreateVersion7()))]);
    }
}
