using Library.Contracts;
using Library.Contracts.Values;
using Library.Hosting.Storage;

namespace Library.Worker.Infrastructure.Model;

/// <summary>The lines of the column <c>terms</c>; null: there are none, and no index entry either.</summary>
internal static class FilterTerms
{
    public static string? Of(AuthorState author) => author.Identifiers is null ? null : Lines(Identifiers(author.Identifiers));

    public static string? Of(BookState book) => book is { Identifiers: null, Languages: null, Subjects: null }
        ? null
        : Lines(Identifiers(book.Identifiers).Concat(book.Languages?.Select(Term.Language) ?? []).Concat(book.Subjects?.Select(Term.Subject) ?? []));

    private static string Lines(IEnumerable<string> terms) => string.Join('\n', terms);

    private static IEnumerable<string> Identifiers(IReadOnlyList<Identifier>? identifiers) =>
        identifiers?.Select(identifier => Term.Identifier(identifier.Scheme, identifier.Value)) ?? [];
}
