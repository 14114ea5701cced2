using System.Text;
using FluentValidation;
using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Api.Features.Imports.Records;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Imports;

namespace Library.Api.Tests.Features.Imports;

public class RecordParserTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private RecordParser Parser => api.Service<RecordParser>();

    [Fact]
    public void A_key_stands_for_its_id()
    {
        Parse("""{"type":"author","key":"OL1A","name":"Ann"}""").ShouldBe(new ParsedRecord(1, RecordKeys.AuthorId("OL1A"), null));
        Parse("""{"key":"OL1M","title":"Tales","type":"book","authorKeys":["OL1A"]}""").ShouldBe(new ParsedRecord(2, RecordKeys.BookId("OL1M"), null));
        Parse("""{"type":"author","id":"0197d3a0-0000-7000-8000-00000000000a","name":"Ann"}""").Id.ShouldBe(new Guid("0197d3a0-0000-7000-8000-00000000000a"));
    }

    [Theory]
    [InlineData("{", "malformed", "not valid JSON")]
    [InlineData("not json", "malformed", "not valid JSON")]
    [InlineData("[1]", "malformed", "must be a JSON object")]
    [InlineData("null", "malformed", "must be a JSON object")]
    [InlineData("{}", "invalid", "type")]
    [InlineData("""{"type":"magazine"}""", "invalid", "type")]
    [InlineData("""{"type":7}""", "invalid", "type")]
    [InlineData("""{"type":"\ud800"}""", "malformed", "surrogate")]
    [InlineData("""{"\ud800":1,"type":"author","key":"a","name":"Ann"}""", "malformed", "surrogate")]
    [InlineData("""{"type":"author","key":"a","name":"Ann"} x""", "malformed", "not valid JSON")]
    [InlineData("""{"type":"author","key":"a"}""", "invalid", "name")]
    [InlineData("""{"type":"author","name":"Ann"}""", "invalid", "key")]
    [InlineData("""{"type":"author","key":"a","id":"0197d3a0-0000-7000-8000-00000000000a","name":"Ann"}""", "invalid", "key")]
    [InlineData("""{"type":"author","key":" ","name":"Ann"}""", "invalid", "key")]
    [InlineData("""{"type":"author","id":"00000000-0000-0000-0000-000000000000","name":"Ann"}""", "invalid", "id")]
    [InlineData("""{"type":"author","id":"17","name":"Ann"}""", "malformed", "id")]
    [InlineData("""{"type":"author","key":"a","name":5}""", "malformed", "name")]
    [InlineData("""{"type":"author","key":"a","name":"A\u0000n"}""", "invalid", "name")]
    [InlineData("""{"type":"author","key":"a","name":"\ud800"}""", "malformed", "Unicode")]
    [InlineData("""{"type":"author","key":"a","name":"Ann","nane":"Ann"}""", "malformed", "nane")]
    [InlineData("""{"type":"author","key":"a","name":"Ann","name":"Bob"}""", "malformed", "more than once")]
    [InlineData("""{"type":"author","key":"a","name":"Ann","title":"T"}""", "malformed", "title")]
    [InlineData("""{"type":"author","key":"a","name":"Ann","birthDate":"1.1.1970"}""", "invalid", "birthDate")]
    [InlineData("""{"type":"author","key":"a","name":"Ann","birthDate":"2999-01-01"}""", "invalid", "birthDate")]
    [InlineData("""{"type":"author","key":"a","name":"Ann","bio":[[[[[[[[[[1]]]]]]]]]]}""", "malformed", "")]
    [InlineData("""{"type":"book","key":"b","title":"T"}""", "invalid", "authorKeys")]
    [InlineData("""{"type":"book","key":"b","title":"T","contributors":[{"role":"aut"}]}""", "invalid", "contributors[0]")]
    [InlineData("""{"type":"book","key":"b","title":"T","contributors":[{"authorKey":"a","authorId":"0197d3a0-0000-7000-8000-00000000000a"}]}""", "invalid", "contributors[0]")]
    [InlineData("""{"type":"book","key":"b","title":"T","contributors":[{"authorKey":" "}]}""", "invalid", "contributors[0].authorKey")]
    [InlineData("""{"type":"book","key":"b","title":"T","contributors":[{"authorKey":"a","role":"writer"}]}""", "invalid", "contributors[0].role")]
    [InlineData("""{"type":"book","key":"b","title":"T","contributors":[{"authorKey":"a"},{"authorKey":"a","role":"aut"}]}""", "invalid", "contributors[1]")]
    [InlineData("""{"type":"book","key":"b","title":"T","contributors":[],"authorKeys":[]}""", "invalid", "authorKeys")]
    [InlineData("""{"type":"book","key":"b","title":"T","authorKeys":[],"identifiers":[{"scheme":"isbn","value":"9780306406158"}]}""", "invalid", "identifiers[0].value")]
    [InlineData("""{"type":"book","key":"b","title":"T","authorKeys":["a","a"]}""", "invalid", "authorKeys")]
    [InlineData("""{"type":"book","key":"b","title":"T","authorKeys":["a",null]}""", "invalid", "authorKeys")]
    [InlineData("""{"type":"book","key":"b","title":"T","authorKeys":[5]}""", "malformed", "authorKeys[0]")]
    [InlineData("""{"type":"book","key":"b","title":"T","authorIds":["x"]}""", "malformed", "authorIds[0]")]
    [InlineData("""{"type":"book","key":"b","title":"T","authorKeys":["a"],"authorIds":["0197d3a0-0000-7000-8000-00000000000a"]}""", "invalid", "authorKeys")]
    public void A_bad_record_is_refused_with_its_reason(string record, string kind, string named)
    {
        var problem = Parse(record).Problem.ShouldNotBeNull();
        problem.Type.ShouldBe("/problems#" + kind);
        (problem.Detail + string.Concat(problem.Errors?.Select(error => error.Key + string.Concat(error.Value)) ?? [])).ShouldContain(named);
    }

    [Fact]
    public void Of_very_many_wrong_fields_some_are_named() =>
        Parse("{\"type\":\"author\"" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $",\"f{i}\":1")) + "}").Problem.ShouldNotBeNull().Errors.ShouldNotBeNull().Count.ShouldBe(20);

    [Fact]
    public void Of_very_many_wrong_columns_some_are_named() => Should.Throw<RefusalException>(
        () => RecordHeader.Read(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}"))), CsvFormat.All)).Problem.Errors!.Count.ShouldBe(20);

    [Fact]
    public void What_is_no_UTF_8_is_refused() =>
        Parser.Parse([.. "{\"type\":\"author\",\"key\":\"a\",\"name\":\""u8, 0xFF, .. "\"}"u8]).Problem.ShouldNotBeNull().Detail.ShouldContain("UTF-8");

    /// <summary>The rules are those of single commands, to the word.</summary>
    [Theory]
    [InlineData("", "", null)]
    [InlineData("  ", "x", "1970-01-01")]
    [InlineData(null, "A\0", "2999-01-01")]
    [InlineData("long", "long", null)]
    public void Fields_are_checked_as_those_of_commands_are(string? name, string? text, string? day)
    {
        var (longName, longText) = (name == "long" ? new string('ł', 501) : name, text == "long" ? new string('ł', 20_001) : text);
        Errors(new AuthorBody { Name = longName!, Bio = longText, BirthDate = day })
            .ShouldBe(Errors(new AuthorRecord { Key = "a", Name = longName!, Bio = longText, BirthDate = day }));
        Guid[] ids = [Guid.AllBitsSet, Guid.AllBitsSet];
        Errors(new BookBody { Title = longName!, Description = longText, AuthorIds = ids })
            .ShouldBe(Errors(new BookRecord { Key = "b", Title = longName!, Description = longText, AuthorIds = ids }));
    }

    [Fact]
    public void A_row_of_CSV_is_the_record_of_the_same_fields()
    {
        using var header = RecordHeader.Read("type,key,\"title\",description,authorKeys,publishDate"u8, CsvFormat.All);
        ToJson("book,B1,\"Tales, \"\"old\"\"\",,A1;A2,1999-01-01").ShouldBe("""{"type":"book","key":"B1","title":"Tales, \"old\"","authorKeys":["A1","A2"],"publishDate":"1999-01-01"}""");
        ToJson("book,B1,Łódź,\"\",A1,").ShouldBe("""{"type":"book","key":"B1","title":"Łódź","description":"","authorKeys":["A1"]}""");
        header.ToJson("book,B1"u8).ShouldBeNull();
        header.Mismatch.ShouldBe("The row has 2 fields, but the header has 6.");

        string ToJson(string row) => Encoding.UTF8.GetString(header.ToJson(Encoding.UTF8.GetBytes(row))!.Value.Span);
    }

    [Theory]
    [InlineData("type,key,nane", "nane")]
    [InlineData("type,key,key", "key")]
    [InlineData("type,,key", "")]
    [InlineData(",,", "")]
    [InlineData("type,Key,KEY", "Key")]
    [InlineData("type;key;nane", "nane")]
    public void A_header_that_names_no_field_is_refused_with_all_below_it(string header, string column) =>
        Should.Throw<RefusalException>(() => RecordHeader.Read(Encoding.UTF8.GetBytes(header), CsvFormat.All)).Problem.Errors!.Keys.ShouldContain(column);

    private ParsedRecord Parse(string record) => Parser.Parse(Encoding.UTF8.GetBytes(record));

    private List<string> Errors<T>(T value) => [.. api.Service<IValidator<T>>().Validate(value).Errors.Select(error => $"{error.PropertyName}: {error.ErrorMessage}")];
}
