using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Library.Hosting.Events;

namespace Library.Api.Features.Events;

/// <summary>An event as it is sent to clients, serialized once for all of them: an SSE message that contains the CloudEvents JSON.</summary>
/// <param name="Message">UTF-8; of one line each: <c>id</c>, <c>event</c>, <c>data</c>; ends with an empty line.</param>
/// <param name="Json">The CloudEvents 1.0 JSON in <paramref name="Message"/>.</param>
internal sealed record FeedEvent(long Position, string Type, ReadOnlyMemory<byte> Message, ReadOnlyMemory<byte> Json)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static FeedEvent Of(StoredEvent stored)
    {
        var buffer = new ArrayBufferWriter<byte>(stored.Data.Length + 1024);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {stored.Position}\nevent: {stored.Type}\ndata: "), buffer);
        var start = buffer.WrittenCount;
        WriteCloudEvent(buffer, stored);
        var length = buffer.WrittenCount - start;
        buffer.Write("\n\n"u8);
        return new(stored.Position, stored.Type, buffer.WrittenMemory, buffer.WrittenMemory.Slice(start, length));
    }

    private static void WriteCloudEvent(ArrayBufferWriter<byte> buffer, StoredEvent stored)
    {
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, CloudEvents.SpecVersion);
            json.WriteString("id"u8, stored.EventId);
            json.WriteString("source"u8, CloudEvents.Source);
            json.WriteString("type"u8, stored.Type);
            json.WriteString("subject"u8, stored.Subject);
            json.WriteString("time"u8, CloudEvents.TimeOf(stored));
            json.WriteString("datacontenttype"u8, "application/json"u8);
            json.WriteString("sequence"u8, CloudEvents.SequenceOf(stored));
            if (stored.Headers.TraceParent is { } traceParent) json.WriteString("traceparent"u8, traceParent);
        }

        buffer.Write(",\"data\":"u8);
        stored.WriteTo(buffer);
        buffer.Write("}"u8);
    }
}

/// <summary>Events in position order.</summary>
/// <param name="Through">There are no further events of the requested types up to this position.</param>
/// <param name="More">Whether more events may be available right after it.</param>
internal sealed record FeedPage(IReadOnlyList<FeedEvent> Events, long Through, bool More);
