using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Library.Hosting.Events;

/// <summary>
/// Listens for the writer's notification that events were committed (LISTEN). A notification that arrives while nobody waits is kept; several are
/// merged. One reader only.
/// </summary>
public sealed partial class EventSignal(NpgsqlDataSource postgres, TimeProvider time, ILogger<EventSignal> log) : BackgroundService, IEventSignal
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _spoken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _isListening;

    /// <summary>False: notifications do not arrive at the moment, so the reader should poll more often.</summary>
    public bool IsListening => _isListening;

    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return await _spoken.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The fallback for a lost NOTIFY: poll anyway.
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await postgres.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, _) => _spoken.Writer.TryWrite(true);
                await using (var listen = new NpgsqlCommand($"listen {Notifications.EventsChannel}", connection)) await listen.ExecuteNonQueryAsync(stoppingToken);
                _isListening = true;
                _spoken.Writer.TryWrite(true);
                while (true) await connection.WaitAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (_isListening) LogLost(fault);
                else LogDeaf(fault);
            }
            finally
            {
                _isListening = false;
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The connection that listens for new events was lost; polling until it is reopened")]
    private partial void LogLost(Exception fault);

    [LoggerMessage(2, LogLevel.Debug, "Cannot LISTEN on this database at the moment; polling for new events")]
    private partial void LogDeaf(Exception fault);
}
