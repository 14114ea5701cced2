using System.Security.Cryptography;
using System.Text;
using Library.Formats.Text;

namespace Library.Formats.Mapping;

/// <summary>
/// The key of an author: the same for the same heading in any file, whatever its punctuation, its case and how its accents are written. Accents count: Muller is not Müller.
/// Like the comparison rules of the name authority file (NACO), punctuation is a blank and an apostrophe nothing; a hyphen stays beside a digit, since <c>1929-</c> is not <c>-1929</c>.
/// </summary>
internal static class HeadingKey
{
    private const string Prefix = "heading:";

    public static string Of(string kind, string heading)
    {
        var text = Nfc.Compose(heading);
        // A body that is called as a person is, is another one.
        var prefix = kind == Heading.Person ? Prefix : $"{Prefix}{kind} ";
        Span<char> key = prefix.Length + text.Length <= 512 ? stackalloc char[prefix.Length + text.Length] : new char[prefix.Length + text.Length];
        prefix.CopyTo(key);
        var length = prefix.Length;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsLetterOrDigit(character) || (character > '\u02FF' && IsPartOfWord(character))) key[length++] = char.ToLowerInvariant(character);
            else if (character == '-' && (IsDigit(text, i - 1) || IsDigit(text, i + 1))) key[length++] = '-';
            else if (character is not ('\'' or '’' or 'ʻ' or 'ʼ') && key[length - 1] is not (' ' or ':')) key[length++] = ' ';
        }

        return Fit(key[..length].TrimEnd(' ').ToString());
    }

    /// <summary>A key that is too long is cut, and ends in a digest of all of it.</summary>
    public static string Fit(string key)
    {
        if (MappingText.Fits(key, Limits.Key)) return key;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var kept = 400;
        if (char.IsHighSurrogate(key[kept - 1])) kept--;
        return $"{key[..kept]} {digest}";
    }

    private static bool IsDigit(string text, int place) => place >= 0 && place < text.Length && char.IsAsciiDigit(text[place]);

    private static bool IsPartOfWord(char character) =>
        char.IsSurrogate(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
