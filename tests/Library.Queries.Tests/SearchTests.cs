using System.Net;

namespace Library.Queries.Tests;

/// <summary>Full text and prefixes, in several scripts.</summary>
public sealed class SearchTests(QueryApi api) : IClassFixture<QueryApi>
{
    private static readonly (string Title, string? Description)[] Books =
    [
        ("The Winter Garden", "A tale of snow and roses"),
        ("Summer Days", "After the winter, a garden"),
        ("Straße der Träume", "Über die Brücke"),
        ("ΟΔΥΣΣΕΥΣ", "Ένα ταξίδι"),
        ("Война и мир", "Роман"),
        ("吾輩は猫である", "夏目漱石の小説"),
        ("東京大学物語", null),
        ("雪国", "国境の長いトンネルを抜けると雪国であった"),
        ("도서관에서 만난 사람", null),
        ("สวัสดีชาวโลก", null),
        ("O'Brien's and/or J.R.R. Tolkien's well-known tale", "x@example.org"),
        ("ＦＵＬＬ ｗｉｄｔｈ ﬁne", null),
        ("Résumé", "Cafe\u0301"),
        ("İstanbul Hatırası", null),
    ];

    [Theory]
    [InlineData("winter", "The Winter Garden|Summer Days")]
    [InlineData("WINTER garden", "The Winter Garden|Summer Days")]
    [InlineData("winter snow", "The Winter Garden")]
    [InlineData("wint", "")]
    [InlineData("wint*", "The Winter Garden|Summer Days")]
    [InlineData("strasse", "Straße der Träume")]
    [InlineData("TRÄUME bruck*", "Straße der Träume")]
    [InlineData("οδυσσευς", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("οδυσ*", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("ενα", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("МИР", "Война и мир")]
    [InlineData("猫", "吾輩は猫である")]
    [InlineData("である", "吾輩は猫である")]
    [InlineData("漱石", "吾輩は猫である")]
    [InlineData("東京", "東京大学物語")]
    [InlineData("大学", "東京大学物語")]
    [InlineData("京大学", "東京大学物語")]
    [InlineData("大東", "")]
    [InlineData("国", "雪国")]
    [InlineData("トンネル", "雪国")]
    [InlineData("雪国 東京", "")]
    [InlineData("도서관", "도서관에서 만난 사람")]
    [InlineData("ชาว", "สวัสดีชาวโลก")]
    [InlineData("o'brien", "O'Brien's and/or J.R.R. Tolkien's well-known tale")]
    [InlineData("or known tolkien", "O'Brien's and/or J.R.R. Tolkien's well-known tale")]
    [InlineData("J. R. R. Tolkien", "O'Brien's and/or J.R.R. Tolkien's well-known tale")]
    [InlineData("x@example.org", "O'Brien's and/or J.R.R. Tolkien's well-known tale")]
    [InlineData("full width fine", "ＦＵＬＬ ｗｉｄｔｈ ﬁne")]
    [InlineData("resume cafe", "Résumé")]
    [InlineData("istanbul hatırası", "İstanbul Hatırası")]
    [InlineData("' | & ! winter \\ :* <->", "The Winter Garden|Summer Days")]
    [InlineData("nothing", "")]
    public async Task Words_are_found_whatever_their_script_case_and_accents(string words, string titles)
    {
        await FillAsync();
        var found = await api.FieldAsync("/v1/books?fields=title&q=" + WebUtility.UrlEncode(words), "title");
        found.ShouldBe(titles.Split('|', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public async Task A_title_ranks_before_a_description()
    {
        await FillAsync();
        (await api.FieldAsync("/v1/books?q=winter", "title")).ShouldBe(["The Winter Garden", "Summer Days"]);
        (await api.FieldAsync("/v1/books?q=winter&sort=title", "title")).ShouldBe(["Summer Days", "The Winter Garden"]);
    }

    [Theory]
    [InlineData("the w", "The Winter Garden")]
    [InlineData("STRASS", "Straße der Träume")]
    [InlineData("οδυσ", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("вой", "Война и мир")]
    [InlineData("東京", "東京大学物語")]
    [InlineData("大学", "")]
    [InlineData("resume", "Résumé")]
    [InlineData("full", "ＦＵＬＬ ｗｉｄｔｈ ﬁne")]
    [InlineData("%", "")]
    [InlineData("_he", "")]
    public async Task A_prefix_is_that_of_the_title_whatever_its_case_and_accents(string prefix, string titles)
    {
        await FillAsync();
        (await api.FieldAsync("/v1/books?title=" + WebUtility.UrlEncode(prefix), "title")).ShouldBe(titles.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    public static TheoryData<string> Awkward() =>
    [
        .. ((string[])["ﷺ", "㌖", "ﷻ", "é", "書", "🎉", "ﬃ", "\u0301", "ς", "İ", ".", "/", "\\", "'", "a ", "㌖ ", "\ufffd", "ก", "x@y.z ", "\U0002A6A5"])
            .Select(part => string.Concat(Enumerable.Repeat(part, 500))),
        // Nothing that compresses, and nothing that repeats.
        string.Concat(Enumerable.Range(0x20000, 500).Select(char.ConvertFromUtf32)),
    ];

    [Theory]
    [MemberData(nameof(Awkward))]
    public async Task No_text_that_the_catalog_takes_outgrows_an_index(string text)
    {
        var description = string.Concat(Enumerable.Repeat(text, 40));
        var id = await api.AddBookAsync(text, description);
        (await api.SendAsync($"/v1/books/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await api.ExecuteAsync("delete from books where id = $1", id);
    }

    private async Task FillAsync()
    {
        await api.ExecuteAsync("truncate books cascade");
        foreach (var (title, description) in Books) await api.AddBookAsync(title, description);
    }
}
