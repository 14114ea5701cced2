using Library.Contracts;
using Library.Contracts.Values;

namespace Library.Worker.Infrastructure.Model;

/// <summary>Normalizes a valid state into the one form in which it is stored, so that equal values compare equal and are found.</summary>
internal static class CanonicalForm
{
    public static AuthorState Of(AuthorState author) => author is { AlternateNames: null, Identifiers: null } ? author : author with
    {
        AlternateNames = NotEmpty(author.AlternateNames),
        Identifiers = NotEmpty(author.Identifiers)?.Select(Of).ToArray(),
    };

    public static BookState Of(BookState book)
    {
        if (book.Contributors.Any(contributor => contributor.Role != Relators.Author)) book = book with { Contributors = [.. book.Contributors.Select(Of)] };
        return book is { AlternateTitles: null, Languages: null, Subjects: null, Identifiers: null } ? book : book with
        {
            AlternateTitles = NotEmpty(book.AlternateTitles),
            Languages = NotEmpty(book.Languages)?.Select(Language).Distinct().ToArray(),
            Subjects = NotEmpty(book.Subjects),
            Identifiers = NotEmpty(book.Identifiers)?.Select(Of).ToArray(),
        };
    }

    private static IReadOnlyList<T>? NotEmpty<T>(IReadOnlyList<T>? list) => list is { Count: > 0 } ? list : null;

    private static Identifier Of(Identifier identifier) =>
        Identifiers.TryNormalize(identifier.Scheme, identifier.Value, out var value, out var error) ? identifier with { Value = value } : throw new FormatException(error);

    private static string Language(string code) => Languages.TryNormalize(code, out var stored) ? stored : throw new FormatException($"{code} is no language");

    private static Contributor Of(Contributor contributor) =>
        Relators.TryNormalize(contributor.Role, out var role) ? contributor with { Role = role } : throw new FormatException($"{contributor.Role} is no role");
}
