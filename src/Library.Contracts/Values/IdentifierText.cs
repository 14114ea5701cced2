namespace Library.Contracts.Values;

/// <summary>What the readers of identifiers share.</summary>
internal static class IdentifierText
{
    /// <summary>Digits and X without the blanks and hyphens between them, of any script form that pasted text brings; false: another character, or too many.</summary>
    public static bool TryCompact(ReadOnlySpan<char> text, Span<char> digits, out int count)
    {
        count = 0;
        foreach (var character in text)
        {
            if (IsSeparator(character)) continue;
            var digit = character switch
            {
                >= '\uFF10' and <= '\uFF19' => (char)(character - '\uFF10' + '0'),
                'x' or '\uFF38' or '\uFF58' => 'X',
                _ => character,
            };
            if (!(char.IsAsciiDigit(digit) || digit == 'X') || count == digits.Length) return false;
            digits[count++] = digit;
        }

        return true;
    }

    /// <summary>The rest behind <c>http(s)://(www.)</c> and one of these beginnings of a path; the trimmed text itself where none fits.</summary>
    public static ReadOnlySpan<char> WithoutAddress(ReadOnlySpan<char> text, params ReadOnlySpan<string> beginnings)
    {
        text = text.Trim();
        var path = Without(Without(Without(text, "https://"), "http://"), "www.");
        foreach (var beginning in beginnings)
            if (path.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)) return path[beginning.Length..];
        return text;
    }

    /// <summary>The text without this prefix in any case, if it has it.</summary>
    public static ReadOnlySpan<char> Without(ReadOnlySpan<char> text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : text;

    /// <summary>1 to this many digits, the first not 0.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text, int mostDigits) =>
        text.Length >= 1 && text.Length <= mostDigits && text[0] != '0' && !text.ContainsAnyExceptInRange('0', '9');

    public static int CodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    // Soft hyphen, the dashes from U+2010, minus, small and full-width hyphen.
    private static bool IsSeparator(char character) =>
        character is '-' or '\u00AD' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFE63' or '\uFF0D' || char.IsWhiteSpace(character);
}
