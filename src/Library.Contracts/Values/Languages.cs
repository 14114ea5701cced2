using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Library.Contracts.Values;

/// <summary>
/// Codes of languages. Stored are those of ISO 639-3:2007, in small letters; taken in any case are also those of ISO 639-1 (<c>de</c>: <c>deu</c>),
/// of ISO 639-2, terminological (<c>deu</c>) and bibliographic (<c>ger</c>: <c>deu</c>), and the withdrawn <c>iw</c>, <c>in</c>, <c>ji</c>, <c>mo</c>, <c>mol</c>, <c>scc</c> and <c>scr</c>.
/// <para>Kept as they are: the collective codes of ISO 639-2 (<c>ber</c>, <c>sla</c>), which ISO 639-3 has nothing for, since real records carry them and would lose what they say;
/// the special <c>mul</c>, <c>und</c>, <c>zxx</c> and <c>mis</c>; and <c>qaa</c> to <c>qtz</c>, which are reserved for local use.</para>
/// Tags of BCP 47 with more than a language (<c>en-GB</c>) are no codes of languages.
/// </summary>
public static class Languages
{
    /// <summary>The code that is stored for this one; false: it is none.</summary>
    public static bool TryNormalize(string code, [NotNullWhen(true)] out string? iso6393)
    {
        iso6393 = null;
        if (code.Length is not (2 or 3)) return false;
        Span<byte> letters = stackalloc byte[code.Length];
        for (var i = 0; i < code.Length; i++)
        {
            if (!char.IsAsciiLetter(code[i])) return false;
            letters[i] = (byte)(code[i] | 0x20);
        }

        if (letters.Length == 3 && (IsLocal(letters) || Find(LanguageTables.Codes, letters, 3) >= 0))
            iso6393 = code.AsSpan().ContainsAnyExceptInRange('a', 'z') ? code.ToLowerInvariant() : code;
        else
            iso6393 = Synonym(letters.Length == 2 ? LanguageTables.TwoLetters : LanguageTables.Synonyms, letters);
        return iso6393 is not null;
    }

    private static string? Synonym(ReadOnlySpan<byte> table, ReadOnlySpan<byte> letters)
    {
        var place = Find(table, letters, letters.Length + 3);
        return place < 0 ? null : Encoding.ASCII.GetString(table.Slice(place + letters.Length, 3));
    }

    private static bool IsLocal(ReadOnlySpan<byte> letters) => letters is [(byte)'q', >= (byte)'a' and <= (byte)'t', _];

    // Binary search for an entry that begins with the key; its place, or -1.
    private static int Find(ReadOnlySpan<byte> table, ReadOnlySpan<byte> key, int entryLength)
    {
        var (low, high) = (0, (table.Length / entryLength) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = table.Slice(middle * entryLength, key.Length).SequenceCompareTo(key);
            if (order == 0) return middle * entryLength;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }
}
