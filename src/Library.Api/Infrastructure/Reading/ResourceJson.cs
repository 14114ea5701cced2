using System.Buffers.Text;
using System.Text.Json;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Serialization;

namespace Library.Api.Infrastructure.Reading;

/// <summary>A resource as it is served: its stored state with the version appended, copied byte by byte without parsing into objects.</summary>
internal static class ResourceJson
{
    public const string Version = "version";

    private static readonly JsonSerializerOptions States = new(LibraryJson.Options) { Encoder = ResponseJson.Options.Encoder };

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

    /// <param name="state">One of the states of Library.Contracts.</param>
    public static byte[] OfState(object state, int version) => Of(JsonSerializer.SerializeToUtf8Bytes(state, States.GetTypeInfo(state.GetType())), version);

    /// <summary>The state in the data of one of the resource's events, written anew: Postgres keeps that JSON with spaces and an order of its own.</summary>
    public static byte[] OfEvent(ReadOnlyMemory<byte> data, ResourceType resource, int version)
    {
        using var document = JsonDocument.Parse(data);
        return OfState(document.RootElement.GetProperty(resource.Name).Deserialize(resource.State)!, version);
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
