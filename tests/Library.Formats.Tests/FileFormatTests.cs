using System.Text;

namespace Library.Formats.Tests;

public class FileFormatTests
{
    [Theory]
    [InlineData("\n00714cam a2200205 a 4500001", FileFormat.Marc)]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>", FileFormat.MarcXml)]
    [InlineData(" <collection/>", FileFormat.MarcXml)]
    [InlineData("/type/author\t/authors/OL1A", FileFormat.OpenLibrary)]
    [InlineData("{\"type\":\"author\"}", FileFormat.Unknown)]
    [InlineData("type,key,name", FileFormat.Unknown)]
    [InlineData("00714", FileFormat.Unknown)]
    [InlineData("", FileFormat.Unknown)]
    public void A_format_is_told_by_its_first_bytes(string text, FileFormat format) => FileFormats.Detect(Encoding.UTF8.GetBytes(text)).ShouldBe(format);

    [Fact]
    public void XML_may_be_in_UTF_16()
    {
        FileFormats.Detect([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("<a/>")]).ShouldBe(FileFormat.MarcXml);
        FileFormats.Detect([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("<a/>")]).ShouldBe(FileFormat.MarcXml);
    }

    [Fact]
    public void A_bound_below_one_KiB_is_none() => Should.Throw<ArgumentOutOfRangeException>(() => new ReaderOptions { MostRecordBytes = 1023 });
}
