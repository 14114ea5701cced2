using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace Library.Hosting.Events;

/// <summary>Provenance of an event, in the column <c>mt_events.headers</c>.</summary>
public sealed record EventHeaders(
    [property: JsonPropertyName("operationId")] Guid? OperationId,
    [property: JsonPropertyName("importId")] Guid? ImportId,
    [property: JsonPropertyName("causedBy")] Guid? CausedBy,
    [property: JsonPropertyName("traceparent")] string? TraceParent,
    [property: JsonPropertyName("actor")] string? Actor = null)
{
    public static EventHeaders Read(NpgsqlDataReader reader, int column) => reader.IsDBNull(column)
        ? new EventHeaders(null, null, null, null)
        : JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(column), EventHeadersJsonContext.Default.EventHeaders)!;

    public string ToJson() => JsonSerializer.Serialize(this, EventHeadersJsonContext.Default.EventHeaders);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventHeaders))]
internal sealed partial class EventHeadersJsonContext : JsonSerializerContext;
