using Library.Contracts;
using Library.Contracts.Values;
using Library.Hosting.Storage;

namespace Library.Worker.Infrastructure.Model;

/// <summary>The column <c>terms</c>; null: there are none, and no index entry either. No term has a line feed in it.</summary>
internal static class FilterTerms
{
    public static string[]? Of(AuthorState author) => author.Identifiers is null ? null : [.. Identifiers(author.Identifiers)];

    public static string[]? Of(BookState book) => book is { Identifiers: null, Languages: null, Subjects: null }
        ? null
        : [.. Identifiers(book.Identifiers), .. book.Languages?.Select(Term.Language) ?? [], .. book.Subjects?.Select(Term.Subject) ?? []];

    private static IEnumerable<string> Identifiers(IReadOnlyList<Identifier>? identifiers) =>
        identifiers?.Select(identifier => Term.Identifier(identifier.Scheme, identifier.Value)) ?? [];
}
