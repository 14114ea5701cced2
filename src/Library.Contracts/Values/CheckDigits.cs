namespace Library.Contracts.Values;

/// <summary>Check digits over the digits before them.</summary>
internal static class CheckDigits
{
    /// <summary>ISO 2108 (ISBN-13): weights 1 and 3 in turn, modulo 10.</summary>
    public static char Mod10(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>ISO 3297 (ISSN) and the former ISBN-10: weights falling to 2 at the last digit, modulo 11, X for 10.</summary>
    public static char Mod11(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * (digits.Length + 1 - i);
        return Digit((11 - (sum % 11)) % 11);
    }

    /// <summary>ISO/IEC 7064, MOD 11-2 (ISNI, ORCID), X for 10.</summary>
    public static char Mod11Radix2(ReadOnlySpan<char> digits)
    {
        var total = 0;
        foreach (var digit in digits) total = (total + digit - '0') * 2 % 11;
        return Digit((12 - total) % 11);
    }

    private static char Digit(int value) => value == 10 ? 'X' : (char)('0' + value);
}
