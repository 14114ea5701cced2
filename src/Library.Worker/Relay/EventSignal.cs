using System.Threading.Channels;
using Library.Worker.Storage;
using Library.Worker.Writing;
using Npgsql;

namespace Library.Worker.Relay;

/// <summary>Listens for the writer's word that events were committed. A word spoken while nobody waits is kept; several become one.</summary>
internal sealed partial class EventSignal(NpgsqlDataSource postgres, SchemaGate schema, TimeProvider time, ILogger<EventSignal> log) : BackgroundService
{
    private readonly Channel<bool> _spoken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Returns at the next word, or when the patience is over.</summary>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            await _spoken.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The net under NOTIFY: look without having been told.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await postgres.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, _) => _spoken.Writer.TryWrite(true);
                await using (var listen = new NpgsqlCommand($"listen {Notifications.EventsChannel}", connection)) await listen.ExecuteNonQueryAsync(stoppingToken);
                _spoken.Writer.TryWrite(true);
                backoff.Reset();
                while (true) await connection.WaitAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogLost(fault);
            }

            await backoff.WaitAsync(stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The connection that listens for events was lost; the relay polls until there is another")]
    private partial void LogLost(Exception fault);
}
