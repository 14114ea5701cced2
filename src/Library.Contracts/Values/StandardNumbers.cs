namespace Library.Contracts.Values;

/// <summary>Numbers with a check digit: hyphens and blanks may stand anywhere between their digits.</summary>
internal static class StandardNumbers
{
    /// <summary>ISO 2108:2017. No table of ranges is asked: it grows every year, and real numbers stand in none.</summary>
    public static Normalized Isbn(string value)
    {
        Span<char> digits = stackalloc char[13];
        if (!IdentifierText.TryCompact(value, digits, out var count) || count is not (10 or 13) || digits[..(count - 1)].Contains('X'))
            return Normalized.Wrong("It must be an ISBN of 10 or 13 digits (the last of 10 may be X), with hyphens and blanks at will.");
        if (count == 10)
        {
            var expected = CheckDigits.Mod11(digits[..9]);
            if (digits[9] != expected) return Normalized.WrongCheckDigit(expected, digits[9]);
            digits[..9].CopyTo(digits[3..]);
            "978".CopyTo(digits);
            digits[12] = CheckDigits.Mod10(digits[..12]);
        }

        if (digits is not ['9', '7', '8' or '9', ..] || digits is ['9', '7', '9', '0', ..])
            return Normalized.Wrong("An ISBN of 13 digits begins with 978, or with 979 but not 979-0, which is printed music (ISMN).");
        return Checked(digits, CheckDigits.Mod10(digits[..12]), value);
    }

    /// <summary>ISO 3297:2022.</summary>
    public static Normalized Issn(string value)
    {
        Span<char> digits = stackalloc char[8];
        if (!IdentifierText.TryCompact(value, digits, out var count) || count != 8 || digits[..7].Contains('X'))
            return Normalized.Wrong("It must be an ISSN of 8 digits (the last may be X) like 0378-5955.");
        var expected = CheckDigits.Mod11(digits[..7]);
        if (digits[7] != expected) return Normalized.WrongCheckDigit(expected, digits[7]);
        Span<char> form = [.. digits[..4], '-', .. digits[4..]];
        return Normalized.As(form, value);
    }

    /// <summary>ISO 27729:2012.</summary>
    public static Normalized Isni(string value)
    {
        Span<char> digits = stackalloc char[16];
        return TryReadSixteen(IdentifierText.WithoutAddress(value, "isni.org/isni/", "isni.org/").TrimEnd('/'), digits)
            ? Checked(digits, CheckDigits.Mod11Radix2(digits[..15]), value)
            : Normalized.Wrong("It must be an ISNI of 16 digits (the last may be X) like 0000 0001 2146 438X.");
    }

    /// <summary>"Structure of the ORCID Identifier", ORCID: a part of the ISNI's numbers.</summary>
    public static Normalized Orcid(string value)
    {
        Span<char> digits = stackalloc char[16];
        if (!TryReadSixteen(IdentifierText.WithoutAddress(value, "orcid.org/").TrimEnd('/'), digits))
            return Normalized.Wrong("It must be an ORCID iD of 16 digits (the last may be X) like 0000-0002-1825-0097 or https://orcid.org/0000-0002-1825-0097.");
        var expected = CheckDigits.Mod11Radix2(digits[..15]);
        if (digits[15] != expected) return Normalized.WrongCheckDigit(expected, digits[15]);
        Span<char> form = [.. digits[..4], '-', .. digits[4..8], '-', .. digits[8..12], '-', .. digits[12..]];
        return Normalized.As(form, value);
    }

    private static bool TryReadSixteen(ReadOnlySpan<char> text, Span<char> digits) =>
        IdentifierText.TryCompact(text, digits, out var count) && count == 16 && !digits[..15].Contains('X');

    private static Normalized Checked(ReadOnlySpan<char> digits, char expected, string sent) =>
        digits[^1] == expected ? Normalized.As(digits, sent) : Normalized.WrongCheckDigit(expected, digits[^1]);
}
