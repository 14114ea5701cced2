using System.Text;
using Library.Contracts;
using Library.Contracts.Values;

namespace Library.Worker.Infrastructure.Model;

/// <summary>What the full text of a resource finds besides its heading. Bounded when it is made: what is beyond is kept and served, but not found.</summary>
internal static class SearchText
{
    /// <summary>In UTF-16 code units. Ten times the longest text of most catalogs; without an end, one book's words could outgrow what Postgres takes as a vector.</summary>
    public const int Length = 40_000;

    public static string? Of(AuthorState author) =>
        Joined([author.SortName, .. author.AlternateNames ?? [], .. Values(author.Identifiers), author.Bio]);

    public static string? Of(BookState book) =>
        Joined([.. book.AlternateTitles ?? [], book.Publisher, .. Values(book.Identifiers), .. book.Subjects ?? [], book.Description]);

    private static IEnumerable<string> Values(IReadOnlyList<Identifier>? identifiers) => identifiers?.Select(identifier => identifier.Value) ?? [];

    private static string? Joined(ReadOnlySpan<string?> texts)
    {
        string? only = null;
        StringBuilder? joined = null;
        foreach (var text in texts)
        {
            if (string.IsNullOrEmpty(text)) continue;
            if (only is null) only = text;
            else if ((joined ??= new StringBuilder(only)).Length < Length) joined.Append('\n').Append(text);
        }

        return Bounded(joined?.ToString() ?? only);
    }

    private static string? Bounded(string? text)
    {
        if (text is null || text.Length <= Length) return text;
        return text[..(char.IsHighSurrogate(text[Length - 1]) ? Length - 1 : Length)];
    }
}
