using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Contracts;
using Library.Contracts.Commands;
using RabbitMQ.Client;

namespace Library.Worker.Writing;

/// <summary>Reads a command out of the envelope that MassTransit publishes it in.</summary>
internal static class CommandDecoder
{
    private static readonly JsonSerializerOptions Json = new(LibraryJson.Options)
    {
        TypeInfoResolverChain = { EnvelopeJsonContext.Default },
    };

    public static QueuedMessage Decode(ulong tag, byte[] body, IReadOnlyBasicProperties properties)
    {
        var (command, unreadable) = Read(body);
        return new QueuedMessage
        {
            Tag = tag,
            Body = body,
            Properties = properties,
            Command = command is null ? null : new PendingCommand(command, TraceParent(properties)),
            Unreadable = unreadable,
        };
    }

    private static (CatalogCommand? Command, string? Unreadable) Read(byte[] body)
    {
        try
        {
            var command = JsonSerializer.Deserialize<CommandEnvelope>(body, Json)?.Message;
            return command is null ? (null, "The message holds no command.") : (command, null);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or FormatException)
        {
            return (null, fault.Message);
        }
    }

    private static string? TraceParent(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("traceparent", out var value) == true && value is byte[] text ? Encoding.ASCII.GetString(text) : null;
}

/// <summary>The one part of MassTransit's envelope that the writer needs.</summary>
internal sealed record CommandEnvelope([property: JsonPropertyName("message")] CatalogCommand? Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CommandEnvelope))]
internal sealed partial class EnvelopeJsonContext : JsonSerializerContext;
