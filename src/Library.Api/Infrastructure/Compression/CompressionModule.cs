using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Library.Api.Infrastructure.Compression;

/// <summary>Middleware compresses what libraries write (the OpenAPI document, HTML pages); the API's own responses compress themselves.</summary>
internal static class CompressionModule
{
    private static readonly string[] Documents = ["/openapi", "/docs", "/problems"];

    public static void AddCompression(this WebApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
    }

    public static void UseCompression(this WebApplication app) => app.UseWhen(IsDocument, documents => documents.UseResponseCompression());

    private static bool IsDocument(HttpContext http)
    {
        foreach (var document in Documents)
            if (http.Request.Path.StartsWithSegments(document, StringComparison.Ordinal)) return true;
        return false;
    }
}
