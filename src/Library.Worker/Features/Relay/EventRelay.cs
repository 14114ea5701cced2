using Library.Hosting.Events;
using Library.Hosting.TestHooks;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Relay;

/// <summary>
/// Publishes the catalog's events, in position order, at least once. Woken by the writer's NOTIFY; the position is stored after the broker
/// has confirmed a page and all before it, so a crash in between repeats pages and loses nothing.
/// </summary>
internal sealed partial class EventRelay(
    OpenEventChannel openChannel, OpenRelayLead openLead, SchemaReadiness schema, IEventSignal signal, RelayState state, TimeProvider time, ILogger<EventRelay> log)
    : BackgroundService
{
    /// <summary>Shorter than the time-out after which a frozen leader loses its row lock.</summary>
    private static readonly TimeSpan ConfirmPatience = TimeSpan.FromSeconds(8);

    /// <summary>How long a standby takes at most to notice that the leader is gone.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var channel = await openChannel(stoppingToken);
                while (true)
                {
                    await RelayAsync(channel, stoppingToken);
                    backoff.Reset();
                    await signal.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                state.WaitsFor($"The relay starts again behind its stored position: {fault.GetType().Name}");
                LogRestarts(fault);
            }

            await backoff.WaitAsync(stoppingToken);
        }
    }

    /// <summary>
    /// Relays all available events. While the broker confirms a page, the next one is read and published: a crash repeats two pages at most, a crash of
    /// Postgres those of its last second.
    /// </summary>
    private async Task RelayAsync(IEventChannel channel, CancellationToken cancellation)
    {
        await using var lead = await openLead(cancellation);
        var page = await lead.TakeAsync(cancellation);
        state.IsWell();
        PublishedPage? earlier = null;
        while (page.Count > 0)
        {
            var latest = await PublishAsync(channel, page, cancellation);
            if (earlier is not null) await ConfirmAsync(channel, earlier, cancellation);
            if (page.Count < lead.PageSize)
            {
                earlier = latest;
                break;
            }

            page = earlier is null
                ? await lead.ReadAheadAsync(latest.End, cancellation)
                : await lead.StoreAndReadAheadAsync(earlier.End, latest.End, cancellation);
            if (earlier is not null) CrashPoint.At("after-position-stored");
            earlier = latest;
        }

        if (earlier is null) return;
        await ConfirmAsync(channel, earlier, cancellation);
        await lead.StoreAsync(earlier.End, cancellation);
        CrashPoint.At("after-position-stored");
    }

    private static async Task<PublishedPage> PublishAsync(IEventChannel channel, IReadOnlyList<StoredEvent> page, CancellationToken cancellation)
    {
        CrashPoint.At("before-relay-publish");
        foreach (var relayed in page)
        {
            // Do not skip it: a newer worker wrote it and will relay it.
            var type = EventType.Find(relayed.StoredType) ?? throw new NotSupportedException($"Event type {relayed.StoredType} at position {relayed.Position} is not known to this version.");
            await channel.PublishAsync(type.Exchange, EventMessage.Properties(relayed, type), EventMessage.Body(relayed), cancellation);
        }

        CrashPoint.At("after-relay-publish");
        return new PublishedPage(page.Count, page[^1].Position, channel.LastPublished);
    }

    private async Task ConfirmAsync(IEventChannel channel, PublishedPage page, CancellationToken cancellation)
    {
        await channel.WhenConfirmedAsync(page.LastTag, ConfirmPatience, time, cancellation);
        state.HasRelayed(page.Events);
        CrashPoint.At("before-position-stored");
    }

    [LoggerMessage(1, LogLevel.Warning, "The relay restarts after its stored position")]
    private partial void LogRestarts(Exception fault);

    /// <param name="End">Position of its last event.</param>
    /// <param name="LastTag">That of the event's message on the channel.</param>
    private sealed record PublishedPage(int Events, long End, ulong LastTag);
}
