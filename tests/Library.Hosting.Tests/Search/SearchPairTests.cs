namespace Library.Hosting.Tests.Search;

public sealed class SearchPairTests
{
    public static TheoryData<string, string, bool> Pairs() => [.. SearchPairs.All];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_query_finds_what_it_must_and_no_more(string text, string query, bool found) =>
        Search.Finds(query, text).ShouldBe(found, $"{Search.QueryOf(query)} in {Search.VectorOf(text)}");

    [Fact]
    public void A_language_s_own_name_finds_what_is_called_so_first()
    {
        Search.VectorOf("C++").ShouldBe("'c':1 'c++':1A");
        Search.VectorOf("C").ShouldBe("'c':1A");
        Search.VectorOf(".NET").ShouldBe("'.net':1A 'net':1");
    }

    [Theory]
    [InlineData("Winter's Tale", "'s':2A 'tale':3A 'winter':1A 'winters':1A")]
    [InlineData("J.R.R. Tolkien", "'j':1A 'jrr':1A 'r':2A,3A 'tolkien':4A")]
    [InlineData("e-mail/e-post", "'e':1A,3A 'email':1A 'emailepost':1A 'epost':3A 'mail':2A 'post':4A")]
    [InlineData("雪国 x", "'x':3A '国':2A '雪国':1A")]
    [InlineData("", "")]
    [InlineData("!?", "")]
    public void Words_have_their_places(string text, string vector) => Search.VectorOf(text).ShouldBe(vector);

    [Fact]
    public void Words_of_texts_weigh_less_and_follow_those_of_the_heading() =>
        Search.VectorOf("One two", "Two three", null, "one").ShouldBe("'one':1A,5 'three':4 'two':2A,3");

    [Theory]
    [InlineData("Winter*", "'winter':*")]
    [InlineData("winter WINTER", "'winter'")]
    [InlineData("e-mail", "('email' | ('e' & 'mail'))")]
    [InlineData("東京大", "'東京' & '京大'")]
    [InlineData("東", "'東':*")]
    [InlineData("c++ c", "'c++' & 'c'")]
    [InlineData("20,000 x", "('20000' | ('20' & '000')) & 'x'")]
    public void A_query_asks_for_all_of_its_words(string text, string query) => Search.QueryOf(text).ShouldBe(query);

    [Theory]
    [InlineData("")]
    [InlineData(" .,- ' \u0301 \u00AD « 🎉")]
    [InlineData("*")]
    public void A_text_without_a_word_is_no_query(string text) => Search.QueryOf(text).ShouldBeNull();
}
