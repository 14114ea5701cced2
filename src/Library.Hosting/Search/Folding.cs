namespace Library.Hosting.Search;

/// <summary>
/// Text as it is compared: without case, accents, width and ligature forms, vowel points of Hebrew and Arabic, and characters that show nothing;
/// apostrophes, quotes, hyphens, blanks and decimal digits of one kind each. Marks of Indic scripts are letters and stay. Folding what is folded changes nothing.
/// </summary>
public static class Folding
{
    /// <summary>Code points of a sort key at most: a text that outgrows an index page could not be stored.</summary>
    public const int KeyLength = 500;

    [ThreadStatic]
    private static FoldedText? t_folded;

    public static string Fold(string text)
    {
        var folded = Folded(text);
        return folded.SequenceEqual(text) ? text : folded.ToString();
    }

    /// <summary>The key that texts are sorted and prefix-matched by: the folded text's first <see cref="KeyLength"/> code points.</summary>
    public static string Key(string text)
    {
        var folded = Folded(text);
        var points = KeyLength;
        for (var i = 0; i < folded.Length; i++)
        {
            // The second half of a pair counts with its first.
            if (!char.IsLowSurrogate(folded[i]) && points-- == 0) return folded[..i].ToString();
        }

        return folded.SequenceEqual(text) ? text : folded.ToString();
    }

    private static ReadOnlySpan<char> Folded(string text)
    {
        var folded = t_folded ??= new FoldedText();
        folded.Clear();
        folded.Add(text);
        return folded.Text;
    }
}
