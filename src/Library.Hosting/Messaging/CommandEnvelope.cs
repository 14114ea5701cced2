using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Contracts;
using Library.Contracts.Commands;

namespace Library.Hosting.Messaging;

/// <summary>The one part of the envelope, in which MassTransit publishes a command, that its readers need.</summary>
public sealed record CommandEnvelope([property: JsonPropertyName("message")] CatalogCommand? Message)
{
    private static readonly JsonSerializerOptions Json = new(LibraryJson.Options)
    {
        TypeInfoResolverChain = { EnvelopeJsonContext.Default },
    };

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
