using Library.Contracts.Values;
using Library.Hosting.Storage;

namespace Library.Api.Infrastructure.Lists;

/// <summary>
/// What a row is filtered by besides its heading and dates: identifiers, languages and subjects, each an entry of the column <c>terms</c>, as the
/// worker's <c>FilterTerms</c> writes them. One index serves all of them.
/// </summary>
internal static class FilterTerms
{
    public static string? Isbn(string text, out string? error) => Identifiers.TryNormalize("isbn", text, out var isbn, out error) ? Term.Identifier("isbn", isbn) : null;

    public static string? Identifier(string text, out string? error) =>
        Identifiers.TryParse(text, out var identifier, out error) ? Term.Identifier(identifier.Scheme, identifier.Value) : null;

    public static string? Language(string text, out string? error)
    {
        error = "It must be a code of a language: ISO 639-3 (deu), 639-2 (ger) or 639-1 (de).";
        return Languages.TryNormalize(text, out var code) ? Term.Language(code) : null;
    }

    public static string? Subject(string text, out string? error)
    {
        error = null;
        return Term.Subject(text);
    }

    public static string? Role(string text, out string? error)
    {
        error = "It must be a MARC relator code, such as aut, edt or trl.";
        return Relators.TryNormalize(text, out var code) ? code : null;
    }
}
