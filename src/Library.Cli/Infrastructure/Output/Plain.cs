using System.Globalization;
using System.Text;

namespace Library.Cli.Infrastructure.Output;

/// <summary>
/// Text of the catalog for a terminal: on one line, and with control characters, which could steer the terminal, made visible instead of
/// being sent: ESC is shown as ␛, another as \u{9b}. So are marks that turn the direction of writing, by which a text could look like another.
/// </summary>
internal static class Plain
{
    public static string Text(string text)
    {
        if (!text.Any(IsUnseen)) return text;
        var shown = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '\n' or '\r' or '\t') shown.Append(' ');
            else if (c < ' ') shown.Append((char)('\u2400' + c));
            else if (IsUnseen(c)) shown.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
            else shown.Append(c);
        }

        return shown.ToString();
    }

    private static bool IsUnseen(char c) => char.IsControl(c) || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' or '\u2028' or '\u2029';
}
