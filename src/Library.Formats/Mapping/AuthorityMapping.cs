using Library.Contracts.Values;
using Library.Formats.Dates;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>An authority record: the name of a person, family, body or meeting, with its other forms.</summary>
internal static class AuthorityMapping
{
    /// <summary>null: it is of a subject, a title or a work, which the catalog does not hold; or there is a fault.</summary>
    public static MappedAuthor? Map(MarcRecord record, DateOnly today, UnmappedTags unmapped, out Fault? fault)
    {
        fault = null;
        var established = record.Fields.FirstOrDefault(IsName);
        if (established.Tag is null || Heading.Of(established) is not { } heading)
        {
            foreach (var field in record.FieldSpan) unmapped.Add(field.Tag);
            return null;
        }

        if (!MappingText.Fits(heading.Name, Limits.Name) || !MappingText.Fits(heading.SortName ?? "", Limits.Name))
        {
            fault = new Fault(established.Tag, $"The name in it is longer than {Limits.Name} characters.");
            return null;
        }

        var identifiers = new IdentifierDraft();
        var bio = new Paragraphs();
        var (birth, death) = heading.Dates;
        var draft = new AuthorDraft(new MappedAuthor { OnlyIfMissing = false, Name = heading.Name }, heading.FullName);
        foreach (var field in record.FieldSpan)
        {
            var isTaken = field.Tag switch
            {
                "001" or "003" => true,
                "010" or "024" => identifiers.Add(field),
                "046" => TakeDates(field, heading.Kind, ref birth, ref death),
                "100" or "110" or "111" => IsName(field) && (field.Equals(established) || AddName(draft, field, field.Tag)),
                "400" or "410" or "411" => field.First('t') is null && AddName(draft, field, field.Tag),
                "678" => bio.Add(MappingText.TidyLines(field.First('a') ?? "")),
                "880" => field.First('6') is { Length: > 3 } link && (link[..3] is "100" or "110" or "111" or "400" or "410" or "411") && AddName(draft, field, link[..3]),
                _ => false,
            };
            if (!isTaken) unmapped.Add(field.Tag);
        }

        var dates = (birth is { } first && death?.IsKnownEarlierThan(first) == true ? default : new LifeDates(birth, death)).Until(today);
        return draft.Finish() with
        {
            Key = heading.Key,
            SortName = heading.SortName,
            Kind = heading.Kind,
            Bio = bio.Text is { } text && MappingText.Fits(text, Limits.Bio) ? text : null,
            BirthDate = dates.Birth,
            DeathDate = dates.Death,
            Identifiers = identifiers.List,
        };
    }

    private static bool IsName(MarcField field) => field.Tag is "100" or "110" or "111" && field.First('t') is null;

    private static bool AddName(AuthorDraft draft, MarcField field, string tag) => Heading.NameOf(field, tag) is { } name && draft.AddAlternate(name);

    // 046 $f and $g: EDTF where $2 says so, else ISO 8601 without hyphens.
    private static bool TakeDates(MarcField field, string kind, ref EdtfDate? birth, ref EdtfDate? death)
    {
        if (kind != Heading.Person) return false;
        var (born, died) = (Date(field.First('f')), Date(field.First('g')));
        birth = born ?? birth;
        death = died ?? death;
        return born is not null || died is not null;
    }

    private static EdtfDate? Date(string? text)
    {
        if (text is { Length: 8 } && text.All(char.IsAsciiDigit)) text = $"{text[..4]}-{text[4..6]}-{text[6..]}";
        return EdtfDate.TryParse(text?.Trim(), false, out var date, out _) ? date : null;
    }
}
