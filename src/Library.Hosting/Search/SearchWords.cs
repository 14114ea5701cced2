namespace Library.Hosting.Search;

/// <summary>Bounds of words, for index and query alike.</summary>
public static class SearchWords
{
    /// <summary>UTF-16 code units of a word: a longer one is found by its beginning. Postgres takes 2,046 bytes; an index of it less than a third of a page.</summary>
    public const int MaxLength = 200;

    /// <summary>UTF-16 code units of a resource's texts, besides its heading, whose words are found.</summary>
    public const int MaxText = 40_000;
}
