using System.Diagnostics;
using Library.Api.Infrastructure.Messaging;
using Library.Api.Infrastructure.Operations;
using Library.Contracts.Commands;
using Library.Hosting.Messaging;
using Library.Hosting.TestHooks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Library.Api.Infrastructure.Commands;

/// <summary>
/// The commands' connection to the broker: one channel of the broker's own client, with any number of confirms in flight (docs/adr/0007), and on
/// the same connection the commit notifications that end waits (docs/adr/0008). Reports the broker available when both are there, unavailable when one is lost, and then
/// opens new ones: every command published while the broker is available gets its notification.
/// </summary>
internal sealed class CommandChannel(IConnectionFactory broker, BrokerAvailability availability, OperationWaiters waiters, TimeProvider time, ILogger<CommandChannel> log)
    : BrokerService(time, log), ICommandBus
{
    private volatile OpenChannel? _open;

    public async Task<bool> TryPublishAsync(CatalogCommand command, CancellationToken cancellation)
    {
        var properties = new BasicProperties { MessageId = command.OperationId.ToString(), ContentType = CommandEnvelope.ContentType, Persistent = true };
        // The commit notification then carries the outcome.
        if (waiters.AreAwaiting(command.OperationId)) properties.ReplyTo = CommittedExchange.Name;
        // W3C Trace Context, whether or not this host exports traces: the events carry it on.
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent }) properties.Headers = new Dictionary<string, object?> { ["traceparent"] = traceParent };
        try
        {
            CrashPoint.At("before-publish");
            var publishing = Open().Channel.BasicPublishAsync(
                CommandQueue.Name, routingKey: "", mandatory: true, properties, CommandEnvelope.Write(command), cancellation);
            CrashPoint.At("before-confirm");
            await publishing;
            CrashPoint.At("after-confirm");
            return true;
        }
        catch (PublishException fault) when (fault.IsReturn)
        {
            return false;
        }
    }

    public async Task DeclareQueueAsync(CancellationToken cancellation)
    {
        // Not on the commands' channel: a declaration that the broker refuses closes its channel.
        await using var channel = await Open().Connection.CreateChannelAsync(cancellationToken: cancellation);
        await CommandQueue.DeclareAsync(channel, cancellation);
    }

    /// <summary>Publishes to the default exchange with a routing key that no queue has: the broker confirms and drops the message.</summary>
    public Task ProbeAsync(CancellationToken cancellation) =>
        Open().Channel.BasicPublishAsync("", "library-probe", mandatory: false, new BasicProperties(), ReadOnlyMemory<byte>.Empty, cancellation).AsTask();

    protected override async Task KeepOpenAsync(CancellationToken stopping)
    {
        await using var connection = await broker.CreateConnectionAsync("library-commands", stopping);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), stopping);
        await using var words = await connection.CreateChannelAsync(cancellationToken: stopping);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, shutdown) => LoseAsync(shutdown.ReplyText);
        words.ChannelShutdownAsync += (_, shutdown) => LoseAsync(shutdown.ReplyText);
        await CommittedExchange.ListenAsync(words, $"operation-waits-{Guid.CreateVersion7():N}", waiters.Complete, () => LoseAsync("the queue of words is gone"), stopping);
        await CommandQueue.DeclareAsync(channel, stopping);
        _open = new OpenChannel(connection, channel);
        availability.MarkAvailable();
        await lost.Task.WaitAsync(stopping);
        _open = null;

        Task LoseAsync(string reason)
        {
            if (!stopping.IsCancellationRequested) availability.MarkUnavailable($"the channel to the broker is lost: {reason}");
            lost.TrySetResult();
            return Task.CompletedTask;
        }
    }

    private OpenChannel Open() => _open ?? throw new IOException("There is no channel to the broker.");

    private sealed record OpenChannel(IConnection Connection, IChannel Channel);
}
