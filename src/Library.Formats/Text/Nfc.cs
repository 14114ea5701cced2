using System.Text;

namespace Library.Formats.Text;

/// <summary>
/// Normalization Form C (Unicode Standard Annex 15) without ICU: <see cref="string.Normalize()"/> changes nothing where globalization is invariant, as in these hosts.
/// Version 15.0.0 of the Unicode Character Database; a character that it does not know stays as it is.
/// </summary>
internal static class Nfc
{
    // Below it nothing is a mark, and nothing is ever composed with what stands before it.
    private const char FirstMark = '\u0300';

    /// <summary>The text composed; the very text where there is nothing to do. Text that is no UTF-16 (half a surrogate pair) keeps it.</summary>
    public static string Compose(string text)
    {
        var beginning = IndexOfWork(text);
        return beginning < 0 ? text : ComposeSlowly(text, beginning);
    }

    private static int IndexOfWork(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyExceptInRange('\0', (char)(FirstMark - 1));
        if (first < 0) return -1;
        var tables = NfcTables.Instance;
        for (var i = first; i < text.Length; i++)
            if (!tables.IsInert(text[i])) return i;
        return -1;
    }

    private static string ComposeSlowly(string text, int beginning)
    {
        // Nothing before the last character that could take a mark changes; and a pair of surrogates is not cut.
        var kept = Math.Max(0, beginning - 1);
        var characters = new List<(int Code, byte Class)>(text.Length - kept + 8);
        for (var i = kept; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            Decompose(isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i], characters);
        }

        Order(characters);
        Recompose(characters);
        var builder = new StringBuilder(text.Length).Append(text, 0, kept);
        foreach (var (code, _) in characters)
        {
            if (code <= char.MaxValue) builder.Append((char)code);
            else builder.Append(char.ConvertFromUtf32(code));
        }

        return builder.ToString();
    }

    private static void Decompose(int code, List<(int Code, byte Class)> characters)
    {
        var tables = NfcTables.Instance;
        if (tables.TryDecompose(code, out var parts))
        {
            Decompose(parts.First, characters);
            if (parts.Second != 0) Decompose(parts.Second, characters);
        }
        else
        {
            characters.Add((code, tables.Class(code)));
        }
    }

    // Marks behind a letter in the order of their classes; those of one class keep theirs.
    private static void Order(List<(int Code, byte Class)> characters)
    {
        var start = 0;
        while (start < characters.Count)
        {
            if (characters[start].Class == 0)
            {
                start++;
                continue;
            }

            var end = start;
            var sorted = true;
            while (end < characters.Count && characters[end].Class != 0)
            {
                sorted &= end == start || characters[end - 1].Class <= characters[end].Class;
                end++;
            }

            if (!sorted)
            {
                var marks = characters.GetRange(start, end - start).OrderBy(mark => mark.Class).ToList();
                for (var i = 0; i < marks.Count; i++) characters[start + i] = marks[i];
            }

            start = end;
        }
    }

    private static void Recompose(List<(int Code, byte Class)> characters)
    {
        var (starter, kept, lastClass) = (-1, 0, 0);
        for (var i = 0; i < characters.Count; i++)
        {
            var (code, @class) = characters[i];
            var isNext = starter >= 0 && (kept - 1 == starter || (lastClass < @class && lastClass != 0));
            if (isNext && NfcTables.Instance.TryCompose(characters[starter].Code, code, out var composed))
            {
                characters[starter] = (composed, 0);
                continue;
            }

            if (@class == 0) starter = kept;
            lastClass = @class;
            characters[kept++] = (code, @class);
        }

        characters.RemoveRange(kept, characters.Count - kept);
    }
}
