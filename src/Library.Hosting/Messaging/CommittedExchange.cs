using System.Text.Json;
using System.Text.Json.Serialization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Library.Hosting.Messaging;

/// <summary>The fanout exchange of <see cref="BatchCommitted"/>, from the writer to every API instance, by the broker's own client (docs/adr/0008).</summary>
public static class CommittedExchange
{
    /// <summary>Exchange (transient fan-out), named and enveloped as MassTransit would.</summary>
    public const string Name = "Library.Hosting.Messaging:BatchCommitted";

    public static Task DeclareAsync(IChannel channel, CancellationToken cancellation) =>
        channel.ExchangeDeclareAsync(Name, ExchangeType.Fanout, durable: false, cancellationToken: cancellation);

    public static ReadOnlyMemory<byte> Write(BatchCommitted committed) => JsonSerializer.SerializeToUtf8Bytes(
        new CommittedEnvelope(["urn:message:" + Name], committed), CommittedJsonContext.Default.CommittedEnvelope);

    /// <summary>Consumes every commit notification, from a queue that is deleted with the channel. A notification that cannot be read is skipped.</summary>
    /// <param name="ended">The broker has cancelled the consumer.</param>
    public static async Task ListenAsync(IChannel channel, string queue, Action<BatchCommitted> hear, Func<Task> ended, CancellationToken cancellation)
    {
        await DeclareAsync(channel, cancellation);
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation);
        await channel.QueueBindAsync(queue, Name, routingKey: "", cancellationToken: cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) => ended();
        consumer.ReceivedAsync += (_, delivery) =>
        {
            if (Read(delivery.Body.Span) is { } committed) hear(committed);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancellation);
    }

    /// <returns>Null: not a commit notification. This only delays a waiting request.</returns>
    public static BatchCommitted? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, CommittedJsonContext.Default.CommittedEnvelope)?.Message;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record CommittedEnvelope(IReadOnlyList<string>? MessageType, BatchCommitted? Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommittedEnvelope))]
internal sealed partial class CommittedJsonContext : JsonSerializerContext;
