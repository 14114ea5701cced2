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
/// Consumes the import queue, one import at a time. A message is acknowledged when its import has no work left: if a worker
/// dies, the next one continues; if the message takes longer than the broker's acknowledgement time-out, it is redelivered and the import continues.
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
            // It is reopened, as the writer's consumer is.
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
                // We are closing the channel ourselves: nobody waits for it any more.
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

    [LoggerMessage(1, LogLevel.Warning, "The import consumer lost its channel; opening another. Unacknowledged messages will be redelivered")]
    private partial void LogLost(Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "A message in the import queue has no import id; moving it to the error queue")]
    private partial void LogUnreadable(Exception? fault);
}

/// <summary>The one part of MassTransit's envelope that is needed.</summary>
internal sealed record ImportEnvelope([property: JsonPropertyName("message")] ApplyImport? Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImportEnvelope))]
internal sealed partial class ImportEnvelopeContext : JsonSerializerContext;
