using System.IO.Compression;
using System.Text;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;

namespace Library.Api.Features.Imports;

/// <summary>The records of an upload in UTF-8, whatever they came as: gzip, said or not, and UTF-16 with its byte order mark.</summary>
internal sealed class ImportBody : ReadOnlyStream
{
    private readonly Stream _text;

    private ImportBody(Stream text, ImportFormat format) => (_text, Format) = (text, format);

    /// <summary>Never <see cref="ImportFormat.ByContent"/>.</summary>
    public ImportFormat Format { get; }

    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    /// <param name="isGzip">As the content encoding says. Gzip may lie within as well: no record begins like it.</param>
    public static async Task<ImportBody> OpenAsync(Stream body, bool isGzip, ImportFormat format, CancellationToken cancellation)
    {
        try
        {
            var text = await PeekStream.OpenAsync(isGzip ? Unpack(body) : body, cancellation);
            if (text.Beginning.StartsWith(GzipMark)) text = await PeekStream.OpenAsync(Unpack(text), cancellation);
            if (text.Beginning is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            {
                var utf16 = new UnicodeEncoding(bigEndian: text.Beginning[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true);
                text = await PeekStream.OpenAsync(Encoding.CreateTranscodingStream(text, utf16, Encoding.UTF8), cancellation);
            }

            return new ImportBody(text, format == ImportFormat.ByContent ? ImportFormats.Of(text.Beginning) : format);
        }
        catch (Exception fault) when (RefusalOf(fault) is { } refusal)
        {
            throw refusal;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _text.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (RefusalOf(fault) is { } refusal)
        {
            throw refusal;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _text.DisposeAsync();
        await base.DisposeAsync();
    }

    private static GZipStream Unpack(Stream body) => new(body, CompressionMode.Decompress, leaveOpen: true);

    private static RefusalException? RefusalOf(Exception fault) => fault switch
    {
        InvalidDataException => new RefusalException(Problems.Malformed("The body is not valid gzip, or was cut off.")),
        DecoderFallbackException => new RefusalException(Problems.Malformed("The body is not valid UTF-16, although it begins with the byte order mark of it.")),
        _ => null,
    };
}
