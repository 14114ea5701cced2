using Library.Contracts.Values;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>Identifiers of a record, each in its one form, none twice.</summary>
internal sealed class IdentifierDraft
{
    private readonly List<Identifier> list = [];

    public IReadOnlyList<Identifier> List => list;

    public string? FirstIsbn => list.Find(identifier => identifier.Scheme == "isbn")?.Value;

    /// <summary>010, 020, 022, 024 or 035; false: nothing of it can be taken.</summary>
    public bool Add(MarcField field)
    {
        var added = false;
        foreach (var subfield in field.Subfields)
        {
            if (subfield.Code != 'a') continue;
            var value = subfield.Value;
            added |= field.Tag switch
            {
                "010" => Add("lccn", value.Trim()),
                "020" => AddIsbn(value),
                "022" => Add("issn", value.Trim()),
                "024" => AddOther(field, value),
                "035" => value.StartsWith("(OCoLC)", StringComparison.OrdinalIgnoreCase) && Add("oclc", value.Trim()),
                _ => false,
            };
        }

        return added;
    }

    public bool Add(string scheme, string value)
    {
        if (!Identifiers.TryNormalize(scheme, value, out var normalized, out _)) return false;
        foreach (var identifier in list)
            if (identifier.Scheme == scheme && identifier.Value == normalized) return true;
        if (list.Count == Limits.Identifiers) return false;
        list.Add(new Identifier { Scheme = scheme, Value = normalized });
        return true;
    }

    // "0306406152 (pbk.) : $24.95": the number, and what is said of it.
    private bool AddIsbn(string value)
    {
        var text = value.AsSpan().Trim();
        var end = 0;
        while (end < text.Length && (char.IsDigit(text[end]) || text[end] is 'X' or 'x' or '-' or ' ' or 'Ｘ' || char.GetUnicodeCategory(text[end]) == System.Globalization.UnicodeCategory.DashPunctuation)) end++;
        var number = text[..end].TrimEnd();
        // A number with blanks in it, or one with digits behind it ("0306406152 24 cm").
        return Add("isbn", number.ToString()) || (number.IndexOf(' ') is > 0 and var blank && Add("isbn", number[..blank].ToString()));
    }

    private bool AddOther(MarcField field, string value)
    {
        var scheme = field.Indicator1 switch
        {
            '0' => "isrc",
            '1' => "upc",
            '2' => "ismn",
            '3' => "ean",
            _ => field.First('2')?.Trim().ToLowerInvariant(),
        };
        return scheme is not null && Add(scheme, field.First('2') is null || Identifiers.KnownSchemes.Contains(scheme) ? value.Trim() : value);
    }
}
