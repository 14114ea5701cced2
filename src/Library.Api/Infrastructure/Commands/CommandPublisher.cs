using Library.Contracts.Commands;
using RabbitMQ.Client.Exceptions;

namespace Library.Api.Infrastructure.Commands;

internal enum PublishResult
{
    /// <summary>On disk in the broker.</summary>
    Confirmed,

    /// <summary>It was never sent, or the broker returned it.</summary>
    NotAccepted,

    /// <summary>The broker did not answer in time: it may have it or not.</summary>
    Unconfirmed,
}

/// <summary>Publishes a command and reports the result within five seconds.</summary>
internal sealed partial class CommandPublisher(ICommandBus bus, BrokerAvailability availability, TimeProvider time, ILogger<CommandPublisher> log)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <summary>A publish may not observe its cancellation token while the broker blocks the connection.</summary>
    public static readonly TimeSpan HardLimit = TimeSpan.FromSeconds(4.5);

    public async Task<PublishResult> PublishAsync(CatalogCommand command)
    {
        if (!availability.IsAvailable) return PublishResult.NotAccepted;
        // Not the request's token: a client that disconnects must not leave its command in doubt.
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            if (await PublishOnceAgainAsync(command, limit.Token).WaitAsync(HardLimit, time)) return PublishResult.Confirmed;
            LogReturned(command.OperationId);
            return PublishResult.NotAccepted;
        }
        catch (Exception fault) when (fault is OperationCanceledException or TimeoutException)
        {
            availability.MarkUnavailable("a publish was not confirmed in time");
            return PublishResult.Unconfirmed;
        }
        catch (Exception fault) when (fault is RabbitMQClientException or IOException)
        {
            LogFault(fault, command.OperationId);
            return PublishResult.Unconfirmed;
        }
    }

    private async Task<bool> PublishOnceAgainAsync(CatalogCommand command, CancellationToken cancellation)
    {
        if (await bus.TryPublishAsync(command, cancellation)) return true;
        // Someone deleted the queue while we were connected.
        await bus.DeclareQueueAsync(cancellation);
        return await bus.TryPublishAsync(command, cancellation);
    }

    [LoggerMessage(203, LogLevel.Error, "Command {OperationId} was returned twice as unroutable: the command queue does not exist")]
    private partial void LogReturned(Guid operationId);

    [LoggerMessage(204, LogLevel.Warning, "The broker did not confirm command {OperationId}")]
    private partial void LogFault(Exception fault, Guid operationId);
}
