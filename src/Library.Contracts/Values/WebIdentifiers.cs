namespace Library.Contracts.Values;

/// <summary>Identifiers that live on the web, and are often written as an address.</summary>
internal static class WebIdentifiers
{
    private const int LongestDoi = 200;

    /// <summary>ISO 26324:2022 and the DOI Handbook: ASCII letters in any case are the same name, so they are stored in lower case; an address is percent-decoded.</summary>
    public static Normalized Doi(string value)
    {
        var text = value.AsSpan().Trim();
        var name = IdentifierText.Without(IdentifierText.WithoutAddress(text, "doi.org/", "dx.doi.org/"), "doi:").Trim();
        var isAddress = text.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        var form = (isAddress ? Uri.UnescapeDataString(name) : name.ToString()).ToCharArray();
        foreach (ref var letter in form.AsSpan())
            if (char.IsAsciiLetterUpper(letter)) letter = char.ToLowerInvariant(letter);
        return IsDoi(form) ? Normalized.As(form, value) : Normalized.Wrong("It must be a DOI of at most 200 characters like 10.1000/182, doi:10.1000/182 or https://doi.org/10.1000/182.");
    }

    /// <summary>Item of Wikidata: Q and a number.</summary>
    public static Normalized Wikidata(string value)
    {
        var text = IdentifierText.WithoutAddress(value, "wikidata.org/wiki/", "wikidata.org/entity/");
        return text is ['Q' or 'q', .. var number] && IdentifierText.IsNumber(number, 18) ? Normalized.As(['Q', .. number], value)
            : Normalized.Wrong("It must be an item of Wikidata like Q181659.");
    }

    /// <summary>Open Library: OL, a number, and A for an author, W for a work, M for an edition; its keys (<c>/works/OL1W</c>) are taken too.</summary>
    public static Normalized OpenLibrary(string value)
    {
        var path = IdentifierText.WithoutAddress(value, "openlibrary.org/").TrimStart('/');
        Span<char> form = stackalloc char[21];
        foreach (var kind in (ReadOnlySpan<string>)["authors/", "works/", "books/"]) path = IdentifierText.Without(path, kind);
        if (path.IndexOf('/') is var title and >= 0) path = path[..title];
        var count = path.Length <= form.Length ? path.ToUpperInvariant(form) : 0;
        return form[..count] is ['O', 'L', .. var number, 'A' or 'W' or 'M'] && IdentifierText.IsNumber(number, 18) ? Normalized.As(form[..count], value)
            : Normalized.Wrong("It must be an identifier of Open Library like OL26320A (author), OL27448W (work) or OL7353617M (edition).");
    }

    private static bool IsDoi(ReadOnlySpan<char> name)
    {
        if (name is not ['1', '0', '.', .. var rest] || name.Length > LongestDoi || rest.IndexOf('/') is not (> 0 and var slash) || slash == rest.Length - 1) return false;
        foreach (var character in name)
            if (char.IsWhiteSpace(character) || char.IsControl(character)) return false;
        foreach (var part in rest[..slash].Split('.'))
            if (rest[..slash][part] is "" || rest[..slash][part].ContainsAnyExceptInRange('0', '9')) return false;
        return true;
    }
}
