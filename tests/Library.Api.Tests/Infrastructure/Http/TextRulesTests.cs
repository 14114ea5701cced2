using Library.Hosting.Validation;

namespace Library.Api.Tests.Infrastructure.Http;

public class TextRulesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 2)] // a combining accent is a code point of its own
    [InlineData("😀", 1)] // a surrogate pair is one
    [InlineData("👩‍👩‍👧", 5)] // one grapheme, five code points
    [InlineData("a😀b😀", 4)]
    public void Length_counts_Unicode_code_points(string text, int expected) => TextRules.CodePoints(text).ShouldBe(expected);
}
