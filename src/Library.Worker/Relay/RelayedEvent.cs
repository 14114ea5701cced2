using Library.Hosting.Events;
using System.Buffers;
using System.Text.Json;
using Library.Worker.Storage;
using Library.Worker.Writing;

namespace Library.Worker.Relay;

/// <summary>An event as the relay reads it from the store.</summary>
/// <param name="Data">State and changed fields: a JSON object in UTF-8.</param>
internal sealed record RelayedEvent(
    long Position, long PreviousPosition, Guid EventId, Guid ResourceId, int Version, DateTime OccurredAt, EventType Type, byte[] Data, EventHeaders Headers)
{
    /// <summary>
    /// The message's body: what columns and headers hold, followed by the stored data as it is. The same fields as
    /// Library.Contracts.Events has, without a trip through them.
    /// </summary>
    public ReadOnlyMemory<byte> ToBody()
    {
        var body = new ArrayBufferWriter<byte>(Data.Length + 400);
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("eventId"u8, EventId);
            json.WriteNumber("position"u8, Position);
            json.WriteNumber("previousPosition"u8, PreviousPosition);
            json.WriteString("occurredAt"u8, OccurredAt);
            if (Headers.OperationId is { } operationId) json.WriteString("operationId"u8, operationId);
            if (Headers.ImportId is { } importId) json.WriteString("importId"u8, importId);
            if (Headers.CausedBy is { } causedBy) json.WriteString("causedBy"u8, causedBy);
            json.WriteNumber("version"u8, Version);
        }

        body.Write(","u8);
        body.Write(Data.AsSpan(1));
        return body.WrittenMemory;
    }
}
