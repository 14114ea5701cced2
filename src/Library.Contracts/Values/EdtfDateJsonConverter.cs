using System.Text.Json;
using System.Text.Json.Serialization;

namespace Library.Contracts.Values;

/// <summary>A date value in JSON is its text. Reads intervals too: where only a single date is allowed, the reader's rules say so.</summary>
public sealed class EdtfDateJsonConverter : JsonConverter<EdtfDate>
{
    /// <inheritdoc/>
    public override EdtfDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("A date is a string.");
        return EdtfDate.TryParse(reader.GetString(), allowInterval: true, out var date, out var error) ? date : throw new JsonException(error);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EdtfDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
