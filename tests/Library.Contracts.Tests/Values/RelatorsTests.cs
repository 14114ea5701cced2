using Library.Contracts.Values;

namespace Library.Contracts.Tests.Values;

public sealed class RelatorsTests
{
    [Theory]
    [InlineData("aut", "author")]
    [InlineData("edt", "editor")]
    [InlineData("trl", "translator")]
    [InlineData("ill", "illustrator")]
    [InlineData("aui", "author of introduction, etc.")]
    [InlineData("abr", "abridger")]
    [InlineData("wts", "writer of television story")]
    public void A_code_has_a_term(string code, string term)
    {
        Relators.IsKnown(code).ShouldBeTrue();
        Relators.Terms[code].ShouldBe(term);
        Relators.TryNormalize(code, out var current).ShouldBeTrue();
        current.ShouldBe(code);
    }

    [Theory]
    [InlineData("clb", "ctb")]
    [InlineData("grt", "art")]
    public void A_discontinued_code_is_taken_for_its_successor(string code, string successor)
    {
        Relators.IsKnown(code).ShouldBeFalse();
        Relators.TryNormalize(code, out var current).ShouldBeTrue();
        current.ShouldBe(successor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AUT")]
    [InlineData("author")]
    [InlineData("xyz")]
    [InlineData(" aut")]
    public void Any_other_is_unknown(string code)
    {
        Relators.IsKnown(code).ShouldBeFalse();
        Relators.TryNormalize(code, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_list_is_whole()
    {
        Relators.Terms.Count.ShouldBe(307);
        Relators.Terms.ShouldAllBe(entry => entry.Key.Length == 3 && entry.Key.All(char.IsAsciiLetterLower) && entry.Value.Trim() == entry.Value && entry.Value.Length > 1);
    }
}
