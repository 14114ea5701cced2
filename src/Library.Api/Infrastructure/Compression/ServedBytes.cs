using System.IO.Compression;

namespace Library.Api.Infrastructure.Compression;

/// <summary>Bytes that are served repeatedly, with their compressed forms; each form is made on first use and kept.</summary>
internal sealed class ServedBytes(ReadOnlyMemory<byte> plain)
{
    /// <summary>Of brotli; past it, it takes far longer than it saves.</summary>
    private const int Quality = 4;

    /// <summary>Log of brotli's window: no answer that is held in memory is much larger.</summary>
    private const int Window = 20;

    private byte[]? _gzip;
    private byte[]? _brotli;

    public ReadOnlyMemory<byte> Plain => plain;

    /// <summary>What it may take in memory, with its compressed forms.</summary>
    public int Bytes => plain.Length <= ContentCodings.Threshold ? plain.Length : 2 * plain.Length;

    public ReadOnlyMemory<byte> In(ContentCoding coding) => coding switch
    {
        ContentCoding.Identity => plain,
        // Two concurrent requests may both compress; one of the results is kept.
        ContentCoding.Gzip => _gzip ??= Compress(plain.Span, coding),
        _ => _brotli ??= Compress(plain.Span, coding),
    };

    public static byte[] Compress(ReadOnlySpan<byte> plain, ContentCoding coding)
    {
        if (coding == ContentCoding.Brotli)
        {
            var brotli = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
            return BrotliEncoder.TryCompress(plain, brotli, out var length, Quality, Window)
                ? brotli[..length]
                : throw new InvalidOperationException("Brotli took more than it can.");
        }

        using var packed = new MemoryStream(plain.Length / 2);
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(plain);
        return packed.ToArray();
    }
}
