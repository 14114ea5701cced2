namespace Library.Contracts.Values;

/// <summary>Numbers that libraries give to records and names.</summary>
internal static class LibraryNumbers
{
    private const string LccnForm = "It must be a Library of Congress control number like n78-890351, 85-2 or 2001-000002.";

    /// <summary>"LCCN Namespace" (info:lccn), Library of Congress: blanks out, what follows a slash off, the digits behind a hyphen filled up to six.</summary>
    public static Normalized Lccn(string value)
    {
        var text = IdentifierText.Without(IdentifierText.WithoutAddress(value, "lccn.loc.gov/"), "info:lccn/");
        if (text.IndexOf('/') is var slash and >= 0) text = text[..slash];
        Span<char> form = stackalloc char[13];
        var (count, hyphen) = (0, -1);
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character)) continue;
            if (count == form.Length || (character == '-' && hyphen >= 0)) return Normalized.Wrong(LccnForm);
            if (character == '-') hyphen = count;
            else form[count++] = char.ToLowerInvariant(character);
        }

        if (hyphen >= 0)
        {
            var serial = form[hyphen..count];
            if (serial.Length is < 1 or > 6 || hyphen > 6) return Normalized.Wrong(LccnForm);
            serial.CopyTo(form[(hyphen + 6 - serial.Length)..]);
            form[hyphen..(hyphen + 6 - serial.Length)].Fill('0');
            count = hyphen + 6;
        }

        return IsLccn(form[..count]) ? Normalized.As(form[..count], value) : Normalized.Wrong(LccnForm);
    }

    /// <summary>"OCLC control number", OCLC Bibliographic Formats and Standards: the number without the prefixes that MARC records give it, and without leading zeros.</summary>
    public static Normalized Oclc(string value)
    {
        var text = IdentifierText.Without(IdentifierText.WithoutAddress(value, "worldcat.org/oclc/"), "(OCoLC)").Trim();
        text = IdentifierText.Without(IdentifierText.Without(IdentifierText.Without(text, "ocm"), "ocn"), "on").TrimStart('0');
        return IdentifierText.IsNumber(text, 18) ? Normalized.As(text, value)
            : Normalized.Wrong("It must be an OCLC number of 1 to 18 digits like 39852222; ocm, ocn, on or (OCoLC) may stand before it.");
    }

    /// <summary>Virtual International Authority File, OCLC.</summary>
    public static Normalized Viaf(string value)
    {
        var text = IdentifierText.WithoutAddress(value, "viaf.org/viaf/").TrimEnd('/');
        return IdentifierText.IsNumber(text, 22) ? Normalized.As(text, value) : Normalized.Wrong("It must be a VIAF number of 1 to 22 digits like 12306024.");
    }

    // An optional prefix of letters or of the first digits of a year of four, then two digits of a year, then six of a serial.
    private static bool IsLccn(ReadOnlySpan<char> form)
    {
        if (form.Length is < 8 or > 12) return false;
        var prefix = form[..^8];
        var letters = prefix.Length is 3 or 4 && AreDigits(prefix[^2..]) ? prefix[..^2] : prefix.Length == 2 && AreDigits(prefix) ? [] : prefix;
        return AreDigits(form[^8..]) && letters.Length <= 3 && !letters.ContainsAnyExceptInRange('a', 'z');
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
