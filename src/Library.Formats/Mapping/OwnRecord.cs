using Library.Contracts.Values;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>
/// What tells a record that a catalog of this kind exported, and what it holds beyond the rules of MARC, so that importing it again changes nothing: text is taken to the last
/// blank, ids are ids, and $9 of a heading has what its other subfields cannot say.
/// </summary>
internal static class OwnRecord
{
    /// <summary>003 of such a record, and the prefix of ids in $0. No code of the MARC Code List for Organizations: those have a hyphen behind their country.</summary>
    public const string Source = "LibraryCatalog";

    public const string IdPrefix = $"({Source})";
    public const string NameLabel = "name=";
    public const string SortLabel = "sort=";
    public const string BirthLabel = "born=";
    public const string DeathLabel = "died=";

    /// <summary>The book's id; null: it is no such record.</summary>
    public static Guid? BookId(MarcRecord record)
    {
        string? source = null, number = null;
        foreach (var field in record.FieldSpan)
        {
            if (field.Tag == "001") number ??= field.Value;
            else if (field.Tag == "003") source ??= field.Value;
            else if (!field.IsControl) break;
        }

        return source == Source && Guid.TryParseExact(number, "D", out var id) ? id : null;
    }

    /// <summary>The author's id in $0 of a heading; null: it has none.</summary>
    public static Guid? AuthorId(MarcField field)
    {
        foreach (var subfield in field.Subfields)
            if (subfield.Code == '0' && subfield.Value.StartsWith(IdPrefix, StringComparison.Ordinal) && Guid.TryParseExact(subfield.Value.AsSpan(IdPrefix.Length), "D", out var id)) return id;
        return null;
    }

    /// <summary>The author of a heading with an id.</summary>
    public static MappedAuthor? Author(MarcField field, Guid id)
    {
        // A name of nothing but punctuation is no heading.
        var heading = Heading.Of(field);
        return (Labelled(field, NameLabel) ?? heading?.Name) is not { } name ? null : new MappedAuthor
        {
            Id = id,
            OnlyIfMissing = true,
            Kind = Heading.KindOf(field),
            Name = name,
            SortName = Labelled(field, SortLabel) is { } sort ? sort.Length == 0 ? null : sort : heading?.SortName,
            BirthDate = Labelled(field, BirthLabel) is { } birth ? Date(birth) : heading?.Dates.Birth,
            DeathDate = Labelled(field, DeathLabel) is { } death ? Date(death) : heading?.Dates.Death,
        };
    }

    private static EdtfDate? Date(string text) => EdtfDate.TryParse(text, false, out var date, out _) ? date : null;

    private static string? Labelled(MarcField field, string label)
    {
        foreach (var subfield in field.Subfields)
            if (subfield.Code == '9' && subfield.Value.StartsWith(label, StringComparison.Ordinal)) return subfield.Value[label.Length..];
        return null;
    }
}
