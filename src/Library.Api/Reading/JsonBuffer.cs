using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Library.Api.Reading;

/// <summary>Writes JSON straight into UTF-8, as it goes over the wire.</summary>
internal static class JsonBuffer
{
    // As Http.ResponseJson: text as it is, since a JSON answer is no HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Open(int expectedBytes)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedBytes);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
