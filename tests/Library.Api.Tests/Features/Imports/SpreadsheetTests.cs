using System.Text;
using Library.Api.Features.Imports.Records;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Tests.Features.Imports;

/// <summary>CSV as spreadsheets write it.</summary>
public class SpreadsheetTests
{
    [Theory]
    [InlineData("type,key,title,authorKeys", "book,B1,T,A1;A2")]
    [InlineData("type;key;title;authorKeys", "book;B1;T;\"A1;A2\"")]
    [InlineData("type\tkey\ttitle\tauthorKeys", "book\tB1\tT\tA1;A2")]
    [InlineData("\"type\";\"key\";\"title\";\"authorKeys\"", "\"book\";\"B1\";\"T\";\"A1;A2\"")]
    [InlineData("TYPE,Key, title ,AUTHORKEYS", "book,B1,T,A1;A2")]
    [InlineData("type;key;\" Title\u00a0\";authorkeys", "book;B1;T;\"A1;A2\"")]
    [InlineData("type,key,title,authorKeys,,", "book,B1,T,A1;A2,,")]
    [InlineData("type,key,title,authorKeys,,", "book,B1,T,A1;A2")]
    [InlineData("type,key,title,authorKeys", "book,B1,T,A1;A2,,,,")]
    [InlineData("type\tkey\ttitle\tauthorKeys\t\t", "book\tB1\tT\tA1;A2\t")]
    public void The_header_shows_how_the_rows_are_written(string header, string row) =>
        Read(header, row, CsvFormat.All).ShouldBe("""{"type":"book","key":"B1","title":"T","authorKeys":["A1","A2"]}""");

    [Theory]
    [InlineData("book,B1,T,A1,more")]
    [InlineData("book,B1,T,A1,,more")]
    [InlineData("book,B1,T")]
    public void Another_number_of_fields_is_no_record(string row) => Read("type,key,title,authorKeys", row, CsvFormat.All).ShouldBeNull();

    [Fact]
    public void A_separator_that_the_header_does_not_have_is_text() =>
        Read("type;key;name", "author;a;Le Guin, Ursula", CsvFormat.All).ShouldBe("""{"type":"author","key":"a","name":"Le Guin, Ursula"}""");

    [Fact]
    public void Where_tabs_are_said_nothing_else_separates() =>
        Should.Throw<RefusalException>(() => Read("type,key,name", "author,a,A", [CsvFormat.Tab])).Problem.Errors!.Keys.ShouldBe(["type,key,name"]);

    [Fact]
    public void A_header_with_an_open_quote_is_refused() =>
        Should.Throw<RefusalException>(() => Read("type,\"key", "author,a", CsvFormat.All)).Problem.Detail.ShouldContain("quote");

    private static string? Read(string header, string row, IReadOnlyList<CsvFormat> formats)
    {
        using var read = RecordHeader.Read(Encoding.UTF8.GetBytes(header), formats);
        var bytes = Encoding.UTF8.GetBytes(row);
        read.Format.FindEnd(bytes, complete: true).ShouldBe(new RowEnd(RowKind.Row, bytes.Length));
        return read.ToJson(bytes) is { } json ? Encoding.UTF8.GetString(json.Span) : null;
    }
}
