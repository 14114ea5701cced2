using System.IO.Compression;
using System.IO.Pipelines;

namespace Library.Api.Infrastructure.Compression;

/// <summary>
/// The body of a response of any length, compressed on the fly as the client accepts. If writing fails, the body stays incomplete,
/// which is how the client knows; nothing is left to dispose of.
/// </summary>
internal sealed class CompressedAnswer
{
    private readonly Stream? _compression;

    private CompressedAnswer(PipeWriter writer, Stream? compression) => (Writer, _compression) = (writer, compression);

    /// <summary>Flushed as rarely as the client can wait: each flush ends a block of what is compressed.</summary>
    public PipeWriter Writer { get; }

    /// <summary>Sets the headers for it.</summary>
    public static CompressedAnswer Open(HttpContext http)
    {
        Stream? compression = ContentCodings.Negotiate(http, long.MaxValue) switch
        {
            ContentCoding.Brotli => new BrotliStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
            ContentCoding.Gzip => new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
            _ => null,
        };
        return new CompressedAnswer(compression is null ? http.Response.BodyWriter : PipeWriter.Create(compression, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024, leaveOpen: true)), compression);
    }

    /// <summary>All is written.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await Writer.FlushAsync(cancellation);
        if (_compression is null) return;
        await Writer.CompleteAsync();
        await _compression.DisposeAsync();
    }
}
