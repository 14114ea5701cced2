using Library.Api.Infrastructure.Compression;
using Library.Api.Infrastructure.Reading;

namespace Library.Api.Infrastructure.Lists;

/// <summary>A page as it is served.</summary>
/// <param name="Json">UTF-8.</param>
/// <param name="ETag">Of these very bytes.</param>
/// <param name="Next">Cursor of the next page; null: this is the last one.</param>
internal sealed record Page(ReadOnlyMemory<byte> Json, string ETag, string? Next) : ICacheable
{
    public ServedBytes Body { get; } = new(Json);

    public int Bytes => Body.Bytes;
}
