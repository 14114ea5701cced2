using Library.Hosting.Events;
using Library.Hosting;
using Library.Worker.Storage;
using Library.Worker.Writing;
using Npgsql;
using RabbitMQ.Client;

namespace Library.Worker.Relay;

/// <summary>
/// Publishes the catalog's events, in position order, at least once. Woken by the writer's NOTIFY; the position is stored after the broker
/// has confirmed a page, so a crash in between repeats that page and loses nothing.
/// </summary>
internal sealed partial class EventRelay(
    IConnectionFactory broker, NpgsqlDataSource postgres, SchemaGate schema, EventSignal signal, RelayState state, TimeProvider time, ILogger<EventRelay> log)
    : BackgroundService
{
    /// <summary>Shorter than the time after which a frozen leader loses its row.</summary>
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
                await using var connection = await broker.CreateConnectionAsync("library-relay", stoppingToken);
                await using var channel = await ConfirmedChannel.OpenAsync(connection, stoppingToken);
                await EventMessage.DeclareExchangesAsync(channel.Channel, stoppingToken);
                while (true)
                {
                    var relayed = await RelayPageAsync(channel, stoppingToken);
                    backoff.Reset();
                    state.HasRelayed(relayed);
                    if (relayed == 0) await signal.WaitAsync(Poll, stoppingToken);
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

    private async Task<int> RelayPageAsync(ConfirmedChannel channel, CancellationToken cancellation)
    {
        await using var page = await RelayPage.ReadAsync(postgres, cancellation);
        if (page.Events.Count == 0) return 0;
        CrashPoint.At("before-relay-publish");
        foreach (var relayed in page.Events)
        {
            // Not skipped: a newer worker wrote it, and that one will relay it.
            var type = EventType.Find(relayed.StoredType) ?? throw new NotSupportedException($"Event type {relayed.StoredType} at position {relayed.Position} is not known to this version.");
            await channel.PublishAsync(type.Exchange, EventMessage.Properties(relayed, type), EventMessage.Body(relayed), cancellation);
        }

        CrashPoint.At("after-relay-publish");
        await channel.WhenAllConfirmedAsync(ConfirmPatience, time, cancellation);
        CrashPoint.At("before-position-stored");
        await page.AdvanceAsync(cancellation);
        CrashPoint.At("after-position-stored");
        return page.Events.Count;
    }

    [LoggerMessage(1, LogLevel.Warning, "The relay starts again behind its stored position")]
    private partial void LogRestarts(Exception fault);
}
