using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Library.Contracts;

namespace Library.Api.Infrastructure.Reading;

/// <summary>A resource as it is served: its stored state with the version behind it, bytes to bytes.</summary>
internal static class ResourceJson
{
    public const string Version = "version";

    // As Http.ResponseJson: text as it is, since a JSON answer is no HTML.
    private static readonly JsonSerializerOptions States = new(LibraryJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="state">A JSON object with a field at least.</param>
    public static byte[] Of(ReadOnlySpan<byte> state, int version)
    {
        Span<byte> end = stackalloc byte[24];
        ",\"version\":"u8.CopyTo(end);
        Utf8Formatter.TryFormat(version, end[11..], out var digits);
        end[11 + digits] = (byte)'}';
        var fields = state[..state.LastIndexOf((byte)'}')];
        var json = new byte[fields.Length + 12 + digits];
        fields.CopyTo(json);
        end[..(12 + digits)].CopyTo(json.AsSpan(fields.Length));
        return json;
    }

    public static byte[] OfState<TState>(TState state, int version) =>
        Of(JsonSerializer.SerializeToUtf8Bytes(state, (JsonTypeInfo<TState>)States.GetTypeInfo(typeof(TState))), version);

    /// <summary>The state in the data of one of the resource's events, written anew: Postgres keeps that JSON with spaces and an order of its own.</summary>
    public static byte[] OfEvent(ReadOnlySpan<byte> data, ResourceType resource, int version)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isState = reader.ValueTextEquals(resource.Name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isState) continue;
            var state = JsonSerializer.Deserialize(data[start..(int)reader.BytesConsumed], resource.State);
            return Of(JsonSerializer.SerializeToUtf8Bytes(state, States.GetTypeInfo(resource.State.Type)), version);
        }

        throw new JsonException($"The event holds no {resource.Name}.");
    }

    /// <summary>Some fields, in the order in which the state has them.</summary>
    public static void WriteFields(Utf8JsonWriter json, ReadOnlySpan<byte> state, IReadOnlySet<string> fields)
    {
        var reader = new Utf8JsonReader(state);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!fields.Contains(name)) continue;
            json.WritePropertyName(name);
            json.WriteRawValue(state[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }
}
