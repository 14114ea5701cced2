using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Library.Hosting.Events;

namespace Library.Api.Infrastructure.History;

/// <summary>A page of history as JSON, straight out of the stored JSON; its shape is <see cref="HistoryEntry"/>.</summary>
internal static class HistoryJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly string[] Provenance = ["operationId", "importId", "causedBy", "actor"];

    /// <param name="state">The property that holds the state in the events' data: <c>author</c> or <c>book</c>.</param>
    public static ReadOnlyMemory<byte> Write(IEnumerable<HistoryEvent> events, string state, string? next)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var stored in events) Write(json, stored, state);
        json.WriteEndArray();
        if (next is not null) json.WriteString("next", next);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, HistoryEvent stored, string state)
    {
        json.WriteStartObject();
        json.WriteNumber("position", stored.Position);
        json.WriteString("type", EventType.NameOf(stored.StoredType));
        json.WriteString("at", stored.At);
        json.WriteNumber("version", stored.Version);
        using var data = JsonDocument.Parse(stored.Data);
        WriteChanges(json, stored.StoredType, data.RootElement, state);
        if (stored.Headers is not null)
        {
            using var headers = JsonDocument.Parse(stored.Headers);
            foreach (var name in Provenance)
                if (headers.RootElement.TryGetProperty(name, out var id)) WriteField(json, name, id);
        }

        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, string storedType, JsonElement data, string state)
    {
        var fields = data.GetProperty(state);
        json.WriteStartObject("changes");
        if (data.TryGetProperty("changed", out var changed))
        {
            foreach (var name in changed.EnumerateArray().Select(field => field.GetString()!))
            {
                if (fields.TryGetProperty(name, out var value)) WriteField(json, name, value);
                else json.WriteNull(name);
            }
        }
        else if (storedType != state + "_deleted")
        {
            foreach (var field in fields.EnumerateObject().Where(field => field.Name != "id")) WriteField(json, field.Name, field.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }
}
