using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Library.Bench;

/// <summary>The broker's own client, as the twins use it.</summary>
internal static class Broker
{
    public static Task<string> ConsumeAsync(this IChannel channel, string queue, bool autoAck, Func<BasicDeliverEventArgs, ValueTask> receive)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) => receive(message).AsTask();
        return channel.BasicConsumeAsync(queue, autoAck, consumer);
    }
}
