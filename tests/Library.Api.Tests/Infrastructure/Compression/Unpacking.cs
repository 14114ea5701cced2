using System.IO.Compression;
using System.Text;

namespace Library.Api.Tests.Infrastructure.Compression;

internal static class Unpacking
{
    /// <summary>The text of the answer, out of whatever it says that it is packed in.</summary>
    public static async Task<string> UnpackedAsync(this HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var plain = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            null => body,
            var other => throw new InvalidOperationException(other),
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
