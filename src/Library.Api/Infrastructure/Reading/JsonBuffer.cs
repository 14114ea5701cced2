using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Library.Api.Infrastructure.Reading;

/// <summary>Writes JSON directly as UTF-8, the form that is sent.</summary>
internal static class JsonBuffer
{
    // As Http.ResponseJson: text as it is, since a JSON answer is no HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) _ofThread;

    /// <summary>Returned empty, and valid until the same thread requests it again: only for writes without an await.</summary>
    public static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) OfThread()
    {
        if (_ofThread.Json is null) _ofThread = Open(expectedBytes: 512);
        _ofThread.Buffer.ResetWrittenCount();
        // A write that failed leaves it halfway.
        _ofThread.Json.Reset();
        return _ofThread;
    }

    public static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Open(int expectedBytes)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedBytes);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
