using System.Buffers;
using System.Text.Json;
using Npgsql;

namespace Library.Hosting.Events;

/// <summary>An event as it is read from the store.</summary>
/// <param name="StoredType">E.g. <c>author_deleted</c>.</param>
/// <param name="Data">State and changed fields: a JSON object in UTF-8.</param>
public sealed record StoredEvent(
    long Position, long PreviousPosition, Guid EventId, Guid ResourceId, int Version, DateTime OccurredAt, string StoredType, byte[] Data, EventHeaders Headers)
{
    /// <summary>The columns that <see cref="Read"/> takes after the two positions, of a row <c>e</c> of <c>mt_events</c>.</summary>
    public const string Columns = "e.id, e.stream_id, e.version::integer, e.timestamp, e.type, e.data, e.headers";

    public string Type => EventType.NameOf(StoredType);

    /// <summary>Path of the resource that it is about.</summary>
    public string Subject => EventType.PathOf(StoredType, ResourceId);

    /// <summary>Reads a row of <c>position, previous position,</c> <see cref="Columns"/>.</summary>
    public static StoredEvent Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetGuid(2), row.GetGuid(3), row.GetInt32(4), row.GetDateTime(5), row.GetString(6), row.GetFieldValue<byte[]>(7), EventHeaders.Read(row, 8));

    /// <summary>
    /// The event as everyone outside gets it: what columns and headers hold, followed by the stored data as it is. The same fields as
    /// Library.Contracts.Events has, without a trip through them.
    /// </summary>
    public void WriteTo(IBufferWriter<byte> body)
    {
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
            if (Headers.Actor is { } actor) json.WriteString("actor"u8, actor);
            json.WriteNumber("version"u8, Version);
        }

        body.Write(","u8);
        body.Write(Data.AsSpan(1));
    }
}
