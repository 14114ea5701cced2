using System.Text;
using Library.Hosting.Messaging;
using RabbitMQ.Client;

namespace Library.Worker.Features.Commands;

/// <summary>Decodes a delivery into a message for the writer.</summary>
internal static class CommandDecoder
{
    public static QueuedMessage Decode(ulong tag, byte[] body, IReadOnlyBasicProperties properties)
    {
        var (command, unreadable) = CommandEnvelope.Read(body);
        return new QueuedMessage
        {
            Tag = tag,
            Body = body,
            Properties = properties,
            Command = command is null ? null : new PendingCommand(command, TraceParent(properties)),
            Unreadable = unreadable,
        };
    }

    private static string? TraceParent(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("traceparent", out var value) == true && value is byte[] text ? Encoding.ASCII.GetString(text) : null;
}
