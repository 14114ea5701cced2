using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Library.Hosting.Messaging;
using Library.Worker.Features.Commands;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Library.Worker.Features.Imports;

/// <summary>
/// Takes imports off their queue, one after the other. A message is acknowledged when there is nothing to do for its import any more: a worker
/// that dies leaves it to the next one, and one whose message takes longer than the broker allows gets it again and goes on.
/// </summary>
internal sealed partial class ImportConsumer(IConnectionFactory broker, ImportRunner runner, SchemaReadiness schema, TimeProvider time, ILogger<ImportConsumer> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await broker.CreateConnectionAsync("library-imports", stoppingToken);
                await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
                backoff.Reset();
                await ConsumeAsync(channel, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogLost(fault);
            }

            await backoff.WaitAsync(stoppingToken);
        }
    }

    private async Task ConsumeAsync(IChannel channel, CancellationToken stopping)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var arrived = Channel.CreateUnbounded<(ulong Tag, Guid? ImportId)>();
        channel.ChannelShutdownAsync += (_, _) => LoseAsync();
        await ImportQueue.DeclareAsync(channel, stopping);
        await channel.BasicQosAsync(0, prefetchCount: 1, global: false, stopping);
        var consumer = new AsyncEventingBasicConsumer(channel);
        // The queue was deleted: the broker cancels the consumer, the channel stays open.
        consumer.UnregisteredAsync += (_, _) => LoseAsync();
        consumer.ReceivedAsync += (_, delivery) =>
        {
            arrived.Writer.TryWrite((delivery.DeliveryTag, Read(delivery.Body.Span)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(ImportQueue.Name, autoAck: false, consumer, stopping);
        try
        {
            while (await arrived.Reader.WaitToReadAsync(stopping).AsTask().WaitAsync(CommandConsumer.LongestWait, stopping))
            {
                var (tag, importId) = await arrived.Reader.ReadAsync(stopping);
                if (importId is null) await channel.BasicRejectAsync(tag, requeue: false, stopping);
                else
                {
                    await runner.RunAsync(importId.Value, lost.Token);
                    await channel.BasicAckAsync(tag, multiple: false, stopping);
                }
            }
        }
        catch (TimeoutException)
        {
            // It is opened anew, as the writer's consumer is.
        }

        async Task LoseAsync()
        {
            arrived.Writer.TryComplete();
            try
            {
                await lost.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // The channel is being closed by ourselves: nobody waits any more.
            }
        }
    }

    private Guid? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, ImportEnvelopeContext.Default.ImportEnvelope)?.Message is { } message) return message.ImportId;
        }
        catch (JsonException fault)
        {
            LogUnreadable(fault);
            return null;
        }

        LogUnreadable(null);
        return null;
    }

    [LoggerMessage(1, LogLevel.Warning, "The consumer of imports lost its channel; it opens another, and what was not acknowledged comes again")]
    private partial void LogLost(Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "A message of the import queue names no import; it goes to the error queue")]
    private partial void LogUnreadable(Exception? fault);
}

/// <summary>The one part of MassTransit's envelope that is needed.</summary>
internal sealed record ImportEnvelope([property: JsonPropertyName("message")] ApplyImport? Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImportEnvelope))]
internal sealed partial class ImportEnvelopeContext : JsonSerializerContext;
