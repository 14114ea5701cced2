using Library.Cli.Infrastructure.Output;

namespace Library.Cli.Tests.Infrastructure.Output;

public class PlainTests
{
    [Theory]
    [InlineData("\u001b[2J\u001b]0;title\u0007", "␛[2J␛]0;title␇")]
    [InlineData("\u009b31m", "\\u{9b}31m")]
    [InlineData("a\nb\tc\rd", "a b c d")]
    [InlineData("\0\b\u007f", "␀␈\\u{7f}")]
    [InlineData("gpj.\u202eexe", "gpj.\\u{202e}exe")]
    [InlineData("Łódź 👀 坊っちゃん", "Łódź 👀 坊っちゃん")]
    public void What_could_steer_the_terminal_is_made_visible(string text, string shown) => Plain.Text(text).ShouldBe(shown);
}
