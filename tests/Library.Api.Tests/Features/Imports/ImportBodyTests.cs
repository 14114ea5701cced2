using System.IO.Compression;
using System.Text;
using Library.Api.Features.Imports;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Tests.Features.Imports;

public class ImportBodyTests
{
    private const string Text = "{\"type\":\"author\",\"key\":\"坊\",\"name\":\"Łódź 👀\"}\n";

    public static TheoryData<string, byte[], bool> Same { get; } = new()
    {
        { "as it is", Utf8(Text), false },
        { "gzip, said", Gzip(Utf8(Text)), true },
        { "gzip, not said", Gzip(Utf8(Text)), false },
        { "a file of gzip in gzip", Gzip(Gzip(Utf8(Text))), true },
        { "UTF-16, little endian", Encoded(Encoding.Unicode, Text), false },
        { "UTF-16, big endian", Encoded(Encoding.BigEndianUnicode, Text), false },
        { "UTF-16 in gzip", Gzip(Encoded(Encoding.Unicode, Text)), false },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public async Task The_records_are_the_same_however_they_come(string way, byte[] body, bool isGzip) =>
        (await ReadAsync(body, isGzip)).ShouldBe(Text, way);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Half_of_gzip_is_refused(bool isGzip) => (await RefusalAsync(Gzip(Utf8(new string('x', 100_000)))[..^3], isGzip)).ShouldContain("gzip");

    [Fact]
    public async Task What_is_said_to_be_gzip_and_is_not_is_refused() => (await RefusalAsync(Utf8(Text), isGzip: true)).ShouldContain("gzip");

    [Fact]
    public async Task Half_of_a_surrogate_pair_in_UTF_16_is_refused() =>
        (await RefusalAsync([0xFF, 0xFE, 0x3D, 0xD8, 0x41, 0x00], isGzip: false)).ShouldContain("UTF-16");

    [Theory]
    [InlineData("{\"type\"", nameof(ImportFormat.NdJson))]
    [InlineData("\uFEFF \r\n [", nameof(ImportFormat.NdJson))]
    [InlineData("type,key", nameof(ImportFormat.Csv))]
    [InlineData("", nameof(ImportFormat.Csv))]
    public async Task Where_it_is_not_said_the_text_tells_JSON_from_CSV(string text, string format)
    {
        await using var body = await ImportBody.OpenAsync(new MemoryStream(Gzip(Utf8(text))), isGzip: false, ImportFormat.ByContent, TestContext.Current.CancellationToken);
        body.Format.ToString().ShouldBe(format);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Encoded(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static async Task<string> RefusalAsync(byte[] bytes, bool isGzip) =>
        (await Should.ThrowAsync<RefusalException>(() => ReadAsync(bytes, isGzip))).Problem.Detail;

    private static async Task<string> ReadAsync(byte[] bytes, bool isGzip)
    {
        await using var body = await ImportBody.OpenAsync(new MemoryStream(bytes), isGzip, ImportFormat.NdJson, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(body, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
