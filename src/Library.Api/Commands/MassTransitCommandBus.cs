using System.Diagnostics;
using Library.Contracts.Commands;
using Library.Hosting;
using Library.Hosting.Messaging;
using MassTransit;
using RabbitMQ.Client;

namespace Library.Api.Commands;

internal sealed class MassTransitCommandBus(IBus bus, IConnectionFactory connections) : ICommandBus
{
    public async Task<bool> TryPublishAsync(CatalogCommand command, CancellationToken cancellation)
    {
        try
        {
            // As its base type: all commands share one exchange.
            CrashPoint.At("before-publish");
            var publishing = bus.Publish<CatalogCommand>(command, context =>
            {
                context.MessageId = command.OperationId;
                context.Mandatory = true;
                // W3C Trace Context, whether or not this host exports traces: the events carry it on.
                if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent }) context.Headers.Set("traceparent", traceParent);
            }, cancellation);
            CrashPoint.At("before-confirm");
            await publishing;
            CrashPoint.At("after-confirm");
            return true;
        }
        catch (MessageReturnedException)
        {
            return false;
        }
    }

    public async Task DeclareQueueAsync(CancellationToken cancellation)
    {
        // The bus declares once a connection, so a queue that was deleted meanwhile needs a connection of its own.
        await using var connection = await connections.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await CommandQueue.DeclareAsync(channel, cancellation);
    }

    public Task ProbeAsync(CancellationToken cancellation) =>
        bus.Publish(new BatchCommitted { OperationIds = [] }, context => context.Durable = false, cancellation);
}
