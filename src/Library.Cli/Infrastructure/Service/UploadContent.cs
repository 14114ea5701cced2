using System.IO.Compression;
using System.Net;

namespace Library.Cli.Infrastructure.Service;

/// <summary>A request's body, compressed while it is sent.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int ChunkBytes = 128 * 1024;

    private readonly Stream _source;
    private readonly bool _isGzip;
    private readonly Action<long> _sent;

    /// <param name="isGzip">It is compressed already.</param>
    /// <param name="sent">Told how many bytes of <paramref name="source"/> were sent so far.</param>
    public UploadContent(Stream source, string mediaType, bool isGzip, Action<long> sent)
    {
        (_source, _isGzip, _sent) = (source, isGzip, sent);
        Headers.ContentType = new(mediaType);
        Headers.ContentEncoding.Add("gzip");
    }

    /// <summary>A fault on this machine, which would otherwise look like a lost connection.</summary>
    public Exception? ReadFault { get; private set; }

    /// <summary>Nobody takes the rest any more: it need not be read.</summary>
    public bool IsUnheard { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _sent(0);
        if (_isGzip)
        {
            await CopyAsync(stream, cancellationToken);
            return;
        }

        await using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await CopyAsync(gzip, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _source.Dispose();
        base.Dispose(disposing);
    }

    private async Task CopyAsync(Stream target, CancellationToken cancellation)
    {
        var buffer = new byte[ChunkBytes];
        var total = 0L;
        int count;
        while (!IsUnheard && (count = await ReadAsync(buffer, cancellation)) > 0)
        {
            await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            _sent(total += count);
        }
    }

    private async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await _source.ReadAsync(buffer, cancellation);
        }
        catch (IOException fault)
        {
            ReadFault = fault;
            throw;
        }
    }
}
