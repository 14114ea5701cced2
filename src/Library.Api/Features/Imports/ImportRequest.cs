using System.IO.Compression;
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

    private ImportRequest(HttpRequest request, bool isCsv, bool isGzip, bool dryRun, string? key) =>
        (_request, IsCsv, _isGzip, DryRun, Key) = (request, isCsv, isGzip, dryRun, key);

    public bool IsCsv { get; }

    public bool DryRun { get; }

    /// <summary>Null: the request is not to be repeated.</summary>
    public string? Key { get; }

    public string Caller => _request.HttpContext.User.Identity?.Name ?? "";

    public static ValueTask<ImportRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var request = http.Request;
        var isCsv = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(MediaTypes.Csv, StringComparison.OrdinalIgnoreCase);
        if (type is null || !(isCsv || type.MediaType.Equals(MediaTypes.NdJson, StringComparison.OrdinalIgnoreCase))
            || (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))) throw Unsupported();
        var encoding = request.Headers.ContentEncoding;
        var isGzip = encoding.Count == 1 && string.Equals(encoding[0], "gzip", StringComparison.OrdinalIgnoreCase);
        if (encoding.Count > 0 && !isGzip && encoding != "identity") throw Unsupported();
        return ValueTask.FromResult<ImportRequest?>(new(request, isCsv, isGzip, IsDryRun(request), IdempotencyKey.Read(request.Headers)));
    }

    /// <summary>The body without its content encoding.</summary>
    public Stream OpenBody() => _isGzip ? new GZipStream(_request.Body, CompressionMode.Decompress, leaveOpen: true) : _request.Body;

    /// <summary>What a repeat must have in common with the first request; the body is still to be added.</summary>
    public IncrementalHash StartFingerprint()
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{(IsCsv ? MediaTypes.Csv : MediaTypes.NdJson)} {DryRun}\n"));
        return hash;
    }

    /// <summary>Reads the whole body, only to tell whether it is what was sent before.</summary>
    public async Task<byte[]> FingerprintAsync(CancellationToken cancellation)
    {
        using var hash = StartFingerprint();
        await using var body = OpenBody();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellation)) > 0) hash.AppendData(buffer, 0, count);
        return hash.GetHashAndReset();
    }

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
        Detail = $"Content-Type must be {MediaTypes.NdJson} or {MediaTypes.Csv} in UTF-8, Content-Encoding gzip or none.",
    });
}
