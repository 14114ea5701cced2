using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Library.Contracts.Values;

/// <summary>
/// Schemes of identifiers, and the one form in which each is stored, so that the same identifier is the same text whoever wrote it.
/// <list type="table">
/// <item><term>isbn</term><description>ISO 2108:2017; 13 digits, from 10 or 13 with hyphens and blanks; 978 or 979, but not 979-0</description></item>
/// <item><term>issn</term><description>ISO 3297:2022; <c>0378-5955</c></description></item>
/// <item><term>isni</term><description>ISO 27729:2012; 16 characters without blanks</description></item>
/// <item><term>orcid</term><description>ORCID; <c>0000-0002-1825-0097</c>, the address is taken too</description></item>
/// <item><term>lccn</term><description>normalised as the Library of Congress's "LCCN Namespace" says; <c>n78890351</c></description></item>
/// <item><term>oclc</term><description>OCLC's control number; digits without prefix and leading zeros</description></item>
/// <item><term>doi</term><description>ISO 26324:2022; <c>10.1000/182</c> in lower case (ASCII), the address and <c>doi:</c> are taken too</description></item>
/// <item><term>viaf</term><description>VIAF; digits</description></item>
/// <item><term>wikidata</term><description>Wikidata; <c>Q181659</c></description></item>
/// <item><term>openlibrary</term><description>Open Library; <c>OL26320A</c>, <c>OL27448W</c>, <c>OL7353617M</c></description></item>
/// </list>
/// Any other scheme <c>[a-z][a-z0-9.-]{0,31}</c> takes any text of 1–200 Unicode code points without NUL, and keeps it as it is.
/// </summary>
public static class Identifiers
{
    /// <summary>How many identifiers an author or a book may have.</summary>
    public const int Count = 100;

    private const int SchemeLength = 32;
    private const int ValueLength = 200;

    // What a known form can't be longer than, with an address, blanks and percent signs: no time is spent on more.
    private const int SentLength = 1_000;

    private static readonly FrozenDictionary<string, Func<string, Normalized>> Known = new Dictionary<string, Func<string, Normalized>>
    {
        ["isbn"] = StandardNumbers.Isbn,
        ["issn"] = StandardNumbers.Issn,
        ["isni"] = StandardNumbers.Isni,
        ["orcid"] = StandardNumbers.Orcid,
        ["lccn"] = LibraryNumbers.Lccn,
        ["oclc"] = LibraryNumbers.Oclc,
        ["doi"] = WebIdentifiers.Doi,
        ["viaf"] = LibraryNumbers.Viaf,
        ["wikidata"] = WebIdentifiers.Wikidata,
        ["openlibrary"] = WebIdentifiers.OpenLibrary,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The schemes whose values are checked.</summary>
    public static IReadOnlyCollection<string> KnownSchemes => Known.Keys;

    /// <summary>Whether this names a scheme, known or not: <c>[a-z][a-z0-9.-]{0,31}</c>.</summary>
    public static bool IsScheme([NotNullWhen(true)] string? scheme) =>
        scheme is [>= 'a' and <= 'z', ..] && scheme.Length <= SchemeLength && scheme.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-');

    /// <summary>The one form of a value under its scheme. <paramref name="error"/> says in a sentence what is wrong with the value, or with the scheme where <see cref="IsScheme"/> is false.</summary>
    public static bool TryNormalize(string scheme, string value, [NotNullWhen(true)] out string? normalized, [NotNullWhen(false)] out string? error)
    {
        (normalized, error) = Normalize(scheme, value);
        return error is null;
    }

    /// <summary>Reads <c>scheme:value</c>, and gives the value its one form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Identifier? identifier, [NotNullWhen(false)] out string? error)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? "" : text[..colon];
        (var value, error) = colon < 0 ? Normalized.Wrong("It must be a scheme, a colon and a value, like isbn:9780306406157.") : Normalize(scheme, text[(colon + 1)..]);
        identifier = value is null ? null : new Identifier { Scheme = scheme, Value = value };
        return identifier is not null;
    }

    private static Normalized Normalize(string scheme, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal)) return Normalized.Wrong("It may not contain NUL (U+0000).");
        if (Known.TryGetValue(scheme, out var normalize))
            return value.Length <= SentLength ? normalize(value) : Normalized.Wrong($"It may have at most {SentLength} characters.");
        if (!IsScheme(scheme)) return Normalized.Wrong("A scheme has 1 to 32 characters: a small letter from a to z, then such letters, digits, dots and hyphens.");
        return value.Length is >= 1 and <= 2 * ValueLength && IdentifierText.CodePoints(value) <= ValueLength
            ? new Normalized(value, null)
            : Normalized.Wrong($"It must have 1 to {ValueLength} characters (Unicode code points).");
    }
}
