using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Microsoft.Net.Http.Headers;

namespace Library.Api.Features.Imports;

/// <summary>What the upload of an import says besides its records.</summary>
internal sealed class ImportRequest
{
    private readonly HttpRequest _request;
    private readonly bool _isGzip;

    private readonly ImportFormat _format;

    private ImportRequest(HttpRequest request, ImportFormat format, bool isGzip, bool dryRun, string? key) =>
        (_request, _format, _isGzip, DryRun, Key) = (request, format, isGzip, dryRun, key);

    public bool DryRun { get; }

    /// <summary>Null: the request is not to be repeated.</summary>
    public string? Key { get; }

    public static ValueTask<ImportRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var request = http.Request;
        var isDryRun = IsDryRun(request);
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;
        if ((ImportFormats.Of(request.Query) ?? ImportFormats.Of(type?.MediaType.Value)) is not { } format || !IsUnicode(type)) throw Unsupported();
        var encoding = request.Headers.ContentEncoding;
        var isGzip = encoding.Count == 1 && encoding[0]?.ToLowerInvariant() is "gzip" or "x-gzip";
        if (encoding.Count > 0 && !isGzip && encoding != "identity") throw Unsupported();
        return ValueTask.FromResult<ImportRequest?>(new(request, format, isGzip, isDryRun, IdempotencyKey.Read(request.Headers)));
    }

    /// <summary>The body as it arrives.</summary>
    public Stream Body => _request.Body;

    /// <summary>The body as UTF-8, without any compression.</summary>
    /// <param name="arriving">The body as it arrives.</param>
    /// <exception cref="RefusalException">Also while it is read: it is not what it says.</exception>
    public Task<ImportBody> OpenBodyAsync(Stream arriving, CancellationToken cancellation) => ImportBody.OpenAsync(arriving, _isGzip, _format, cancellation);

    /// <summary>What a repeat must have in common with the first request; the body is still to be added.</summary>
    public IncrementalHash StartFingerprint()
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{_format} {DryRun}\n"));
        return hash;
    }

    /// <summary>Reads the whole body, only to check that it equals what was sent before.</summary>
    public async Task<byte[]> FingerprintAsync(UploadBody arriving, CancellationToken cancellation)
    {
        using var hash = StartFingerprint();
        await using var body = await OpenBodyAsync(arriving, cancellation);
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellation)) > 0) hash.AppendData(buffer, 0, count);
        return hash.GetHashAndReset();
    }

    /// <summary>The text itself shows whether it is UTF-16 or UTF-8.</summary>
    private static bool IsUnicode(MediaTypeHeaderValue? type) =>
        type is null || !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Value?.ToLowerInvariant() is "utf-8" or "utf-16" or "us-ascii";

    private static bool IsDryRun(HttpRequest request)
    {
        if (!request.Query.TryGetValue("dryRun", out var text)) return false;
        return text.ToString() switch
        {
            "true" => true,
            "false" => false,
            _ => throw RefusalException.OfQuery("dryRun", "It must be true or false."),
        };
    }

    private static RefusalException Unsupported() => new(StatusProblems.Of(StatusCodes.Status415UnsupportedMediaType) with
    {
        Detail = $"Content-Type must be one of {string.Join(", ", ImportFormats.MediaTypesTaken)}, in UTF-8 or in UTF-16 with a byte order mark, with Content-Encoding gzip or none. Or the parameter format says what the body is: ndjson or csv.",
    });
}
