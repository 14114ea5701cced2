using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Contracts.Commands;
using Library.Contracts.Serialization;

namespace Library.Hosting.Messaging;

/// <summary>The minimum of MassTransit's envelope that a command needs: MassTransit's consumers understand it, and nothing else is read.</summary>
public sealed record CommandEnvelope([property: JsonPropertyName("message")] CatalogCommand? Message)
{
    public const string ContentType = "application/vnd.masstransit+json";

    private static readonly JsonSerializerOptions Json = new(LibraryJson.Options)
    {
        TypeInfoResolverChain = { EnvelopeJsonContext.Default },
    };

    public static ReadOnlyMemory<byte> Write(CatalogCommand command)
    {
        var body = new ArrayBufferWriter<byte>(512);
        body.Write("""{"messageType":["urn:message:Library.Contracts.Commands:CatalogCommand"],"message":"""u8);
        using (var json = new Utf8JsonWriter(body)) JsonSerializer.Serialize(json, command, LibraryJsonContext.Default.CatalogCommand);
        body.Write("}"u8);
        return body.WrittenMemory;
    }

    /// <returns>The command; or null, and why it cannot be read.</returns>
    public static (CatalogCommand? Command, string? Unreadable) Read(ReadOnlySpan<byte> body)
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
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CommandEnvelope))]
internal sealed partial class EnvelopeJsonContext : JsonSerializerContext;
