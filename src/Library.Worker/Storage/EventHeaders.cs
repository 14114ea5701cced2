using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Worker.Writing;
using Npgsql;

namespace Library.Worker.Storage;

/// <summary>Provenance of an event, in the column <c>mt_events.headers</c>.</summary>
internal sealed record EventHeaders(
    [property: JsonPropertyName("operationId")] Guid? OperationId,
    [property: JsonPropertyName("importId")] Guid? ImportId,
    [property: JsonPropertyName("causedBy")] Guid? CausedBy,
    [property: JsonPropertyName("traceparent")] string? TraceParent)
{
    public static EventHeaders Read(NpgsqlDataReader reader, int column) => reader.IsDBNull(column)
        ? new EventHeaders(null, null, null, null)
        : JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(column), DocumentJsonContext.Default.EventHeaders)!;

    public static string Write(Provenance by) =>
        JsonSerializer.Serialize(new EventHeaders(by.OperationId, by.ImportId, by.CausedBy, by.TraceParent), DocumentJsonContext.Default.EventHeaders);

    /// <summary>Provenance of an event that follows from the one with these headers.</summary>
    public Provenance CauseOf(Guid eventId) => new(OperationId, ImportId, eventId, TraceParent);
}
