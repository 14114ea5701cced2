using Library.Hosting.Search;

namespace Library.Hosting.Storage;

/// <summary>An entry of the column <c>terms</c>: what a row may be filtered by, as the worker writes it and the API looks for it.</summary>
public static class Term
{
    /// <summary>An identifier in its one form.</summary>
    public static string Identifier(string scheme, string value) => Line($"i:{scheme}:{value}");

    /// <summary>A language's code (ISO 639-3).</summary>
    public static string Language(string code) => "l:" + code;

    /// <summary>A subject, without case and accents; a long one by its beginning (<see cref="Folding.Key"/>).</summary>
    public static string Subject(string text) => "s:" + Folding.Key(text);

    /// <summary>Entries are written as lines: a line feed would make two of it.</summary>
    private static string Line(string term) => term.Replace('\n', ' ');
}
