using Library.Hosting.Search;

namespace Library.Hosting.Tests.Search;

/// <summary>Searches as Postgres does, by the words alone.</summary>
internal static class Search
{
    public static string VectorOf(string heading, params string?[] texts) => Vector(heading, texts).ToText();

    public static SearchVector Vector(string heading, params string?[] texts)
    {
        var vector = new SearchVector();
        vector.Start(heading);
        foreach (var text in texts) vector.Add(text);
        return vector;
    }

    public static string? QueryOf(string text) => SearchQuery.Parse(text)?.ToString();

    public static bool Finds(string query, string text) => Finds(SearchQuery.Parse(query)!, WordsOf(VectorOf(text)));

    public static bool Finds(SearchQuery query, IReadOnlySet<string> words) => Finds(query.Words, words);

    /// <summary>Words hold neither quotes nor blanks.</summary>
    public static HashSet<string> WordsOf(string vector) => [.. vector.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('\'')[1])];

    private static bool Finds(SearchTerm term, IReadOnlySet<string> words) => term switch
    {
        Lexeme { IsPrefix: true } lexeme => words.Any(word => word.StartsWith(lexeme.Text, StringComparison.Ordinal)),
        Lexeme lexeme => words.Contains(lexeme.Text),
        AllOf all => all.Terms.All(one => Finds(one, words)),
        AnyOf any => any.Terms.Any(one => Finds(one, words)),
        _ => throw new ArgumentOutOfRangeException(nameof(term)),
    };
}
