using Library.Api.Infrastructure.Compression;
using Microsoft.Extensions.Primitives;

namespace Library.Api.Tests.Infrastructure.Compression;

public class ContentCodingsTests
{
    [Theory]
    [InlineData(null, nameof(ContentCoding.Identity))]
    [InlineData("", nameof(ContentCoding.Identity))]
    [InlineData("gzip", nameof(ContentCoding.Gzip))]
    [InlineData("x-gzip", nameof(ContentCoding.Gzip))]
    [InlineData("GZip", nameof(ContentCoding.Gzip))]
    [InlineData("br", nameof(ContentCoding.Brotli))]
    [InlineData("gzip, deflate, br, zstd", nameof(ContentCoding.Brotli))]
    [InlineData("gzip,deflate", nameof(ContentCoding.Gzip))]
    [InlineData("br;q=0.5, gzip;q=0.8", nameof(ContentCoding.Gzip))]
    [InlineData("br ; Q=1.0 , gzip ; q=0.9", nameof(ContentCoding.Brotli))]
    [InlineData("br;q=0, gzip", nameof(ContentCoding.Gzip))]
    [InlineData("br;q=0, *", nameof(ContentCoding.Gzip))]
    [InlineData("*", nameof(ContentCoding.Brotli))]
    [InlineData("*;q=0", nameof(ContentCoding.Identity))]
    [InlineData("gzip;q=0.5, identity", nameof(ContentCoding.Identity))]
    [InlineData("gzip, identity;q=0.5", nameof(ContentCoding.Gzip))]
    [InlineData("identity;q=0", nameof(ContentCoding.Identity))]
    [InlineData("zstd, deflate, compress", nameof(ContentCoding.Identity))]
    [InlineData("gzip;q=none, br;level=1", nameof(ContentCoding.Identity))]
    [InlineData("gzip;q=2", nameof(ContentCoding.Identity))]
    [InlineData("gzip;q=-1", nameof(ContentCoding.Identity))]
    [InlineData(",,gzip,,", nameof(ContentCoding.Gzip))]
    public void The_client_chooses(string? header, string coding) =>
        ContentCodings.Best(header is null ? StringValues.Empty : header).ToString().ShouldBe(coding);

    [Fact]
    public void It_may_choose_in_several_lines() => ContentCodings.Best(new StringValues(["gzip;q=0.5", "br"])).ShouldBe(ContentCoding.Brotli);
}
