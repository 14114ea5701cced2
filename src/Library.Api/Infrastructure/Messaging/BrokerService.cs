using RabbitMQ.Client.Exceptions;

namespace Library.Api.Infrastructure.Messaging;

/// <summary>Keeps a channel or consumer open at the broker for as long as the process runs. It is reopened a second after it was lost or could not be opened.</summary>
internal abstract partial class BrokerService(TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Opens it, and returns when it is lost.</summary>
    protected abstract Task KeepOpenAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await KeepOpenAsync(stoppingToken);
            }
            catch (BrokerUnreachableException fault)
            {
                LogAway(fault);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(205, LogLevel.Debug, "The broker cannot be reached yet")]
    private partial void LogAway(Exception fault);

    [LoggerMessage(206, LogLevel.Warning, "The channel to the broker could not be opened; retrying")]
    private partial void LogFailed(Exception fault);
}
