using System.Collections.Frozen;
using Library.Contracts.Values;

namespace Library.Formats.Mapping;

/// <summary>What a heading says that somebody did: $4 (a code, or the address of one), else $e (a term).</summary>
internal static class Roles
{
    // Terms of older rules and of other languages, beside those of the list itself.
    private static readonly Dictionary<string, string> OtherTerms = new()
    {
        ["ed"] = "edt", ["eds"] = "edt", ["joint ed"] = "edt", ["hrsg"] = "edt", ["herausgeber"] = "edt", ["éditeur scientifique"] = "edt",
        ["tr"] = "trl", ["trans"] = "trl", ["transl"] = "trl", ["übersetzer"] = "trl", ["traducteur"] = "trl",
        ["ill"] = "ill", ["illus"] = "ill", ["illustrateur"] = "ill", ["comp"] = "com", ["joint author"] = "aut", ["writer"] = "aut", ["verfasser"] = "aut", ["auteur"] = "aut",
    };

    private static readonly FrozenDictionary<string, string> Codes = Relators.Terms
        .Select(entry => KeyValuePair.Create(entry.Value, entry.Key)).Concat(OtherTerms)
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The code in use that $4 names; null: none.</summary>
    public static string? OfCode(string value)
    {
        var text = value.AsSpan().Trim();
        var code = text[(text.LastIndexOf('/') + 1)..].TrimEnd(".,");
        return code.Length == 3 && Relators.TryNormalize(code.ToString().ToLowerInvariant(), out var current) ? current : null;
    }

    /// <summary>The code of the term that $e gives; null: none.</summary>
    public static string? OfTerm(string value) => Codes.GetValueOrDefault(value.AsSpan().Trim().TrimEnd(".,;: ").ToString());
}
