using System.Text;

namespace Library.Hosting.Search;

/// <summary>
/// What is looked for: all words of a text, by the function that makes those of the index. One with an asterisk behind it stands for all that begin
/// so. A compound is found as one word or by its parts.
/// </summary>
public sealed class SearchQuery
{
    /// <summary>Compounds, and texts without blanks, are one each.</summary>
    public const int MaxWords = 20;

    private SearchQuery(AllOf words, int count) => (Words, Count) = (words, count);

    /// <summary>How many words are asked for, repeated ones as often as they are.</summary>
    public int Count { get; }

    internal AllOf Words { get; }

    /// <returns>Null: the text holds no word.</returns>
    public static SearchQuery? Parse(string text)
    {
        var folded = new FoldedText();
        folded.Add(text);
        var sink = new Sink(folded.Text);
        new WordScanner<Sink>(sink, folded.Text, stackalloc char[SearchWords.MaxLength], 0).Scan();
        return sink.Terms.Count == 0 ? null : new SearchQuery(new AllOf([.. sink.Terms.DistinctBy(term => term.ToString())]), sink.Terms.Count);
    }

    /// <returns>As it is cast to Postgres's <c>tsquery</c>.</returns>
    public override string ToString() => Words.ToString();

    private readonly ref struct Sink(ReadOnlySpan<char> text) : IWordSink
    {
        private readonly ReadOnlySpan<char> _text = text;

        /// <summary>Found so far; what is joined stands for its parts.</summary>
        public List<SearchTerm> Terms { get; } = [];

        public void Word(ReadOnlySpan<char> word, int position, int end) => Terms.Add(new Lexeme(word.ToString(), IsPrefix(end)));

        public void Joined(ReadOnlySpan<char> word, int position, int end, int count)
        {
            var joined = new Lexeme(word.ToString(), IsPrefix(end));
            var parts = Terms[^count..];
            Terms.RemoveRange(Terms.Count - count, count);
            Terms.Add(new AnyOf([joined, new AllOf(parts)]));
        }

        public void Plain(ReadOnlySpan<char> word, int position)
        {
            // A search for C++ must not find C.
        }

        public void Pair(ReadOnlySpan<char> pair, int position, int end)
        {
            var term = new Lexeme(pair.ToString(), IsPrefix(end));
            if (Terms is [.., AllOf { IsRun: true, IsOpen: true } run]) run.Terms.Add(term);
            else Terms.Add(new AllOf([term]) { IsRun = true, IsOpen = true });
        }

        /// <summary>A character alone begins a pair, or is the last one of a text; behind pairs it asks for nothing more.</summary>
        public void Last(ReadOnlySpan<char> character, int position, bool alone)
        {
            if (alone) Terms.Add(new Lexeme(character.ToString(), IsPrefix: true));
            else ((AllOf)Terms[^1]).IsOpen = false;
        }

        private bool IsPrefix(int end) =>
            end < _text.Length && _text[end] == '*' && (end + 1 == _text.Length || (!char.IsSurrogate(_text[end + 1]) && FoldTable.KindOf(_text[end + 1]) == CharacterKind.None));
    }
}

/// <summary>A part of a <see cref="SearchQuery"/>.</summary>
internal abstract record SearchTerm;

/// <param name="IsPrefix">It stands for all words that begin so.</param>
internal sealed record Lexeme(string Text, bool IsPrefix) : SearchTerm
{
    public override string ToString() => IsPrefix ? $"'{Text}':*" : $"'{Text}'";
}

internal sealed record AllOf(List<SearchTerm> Terms) : SearchTerm
{
    /// <summary>The pairs of a text without blanks.</summary>
    public bool IsRun { get; init; }

    /// <summary>More of them may come.</summary>
    public bool IsOpen { get; set; }

    public override string ToString() => string.Join(" & ", Terms);
}

internal sealed record AnyOf(IReadOnlyList<SearchTerm> Terms) : SearchTerm
{
    public override string ToString() => $"({string.Join(" | ", Terms.Select(term => term is AllOf { Terms.Count: > 1 } ? $"({term})" : term.ToString()))})";
}
