namespace Library.Hosting.Storage;

/// <summary>A line of the column <c>terms</c>: what a row may be filtered by, as the worker writes it and the API looks for it.</summary>
public static class Term
{
    /// <summary>An identifier in its one form.</summary>
    public static string Identifier(string scheme, string value) => Line($"i:{scheme}:{value}");

    /// <summary>A language's code (ISO 639-3).</summary>
    public static string Language(string code) => "l:" + code;

    /// <summary>A subject as it was sent; its case and accents are folded by the index.</summary>
    public static string Subject(string text) => Line("s:" + text);

    /// <summary>A line feed would make two lines of it, one of which nobody could look for.</summary>
    private static string Line(string term) => term.Replace('\n', ' ');
}
