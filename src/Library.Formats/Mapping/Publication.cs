using Library.Contracts.Values;
using Library.Formats.Dates;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>Publisher and date: 264 of publication, else another 264, else 260; the date by 008 first, whose code is no matter of reading words.</summary>
internal sealed class Publication(FieldText text)
{
    private static readonly string[] NoPublisher = ["s.n.", "s.n", "sine nomine", "publisher not identified", "n.p.", "b.i."];

    private MarcField? chosen;
    private int rank;

    public string? Publisher { get; private set; }

    /// <summary>False: another field says it.</summary>
    public bool Add(MarcField field)
    {
        var own = field.Tag == "260" ? 1 : field.Indicator2 == '1' ? 3 : 2;
        if (own <= rank) return false;
        (chosen, rank) = (field, own);
        Publisher = PublisherOf(field);
        return true;
    }

    public EdtfDate? Date(string? fixedField, bool isExact)
    {
        var words = chosen?.First('c') ?? chosen?.First('g');
        if (isExact) return words is not null && EdtfDate.TryParse(words, true, out var exact, out _) ? exact : null;
        return (fixedField is null ? null : PublicationDate.FromFixedField(fixedField)) ?? (words is null ? null : PublicationDate.FromText(MappingText.Tidy(words)));
    }

    private string? PublisherOf(MarcField field)
    {
        foreach (var subfield in field.Subfields)
        {
            if (subfield.Code != 'b') continue;
            var name = text.Of(subfield);
            if (!text.IsExact) name = Isbd.WithoutBrackets(text.Ended(name));
            if (name.Length > 0 && (text.IsExact || !NoPublisher.Contains(name, StringComparer.OrdinalIgnoreCase)) && MappingText.Fits(name, Limits.Publisher)) return name;
        }

        return null;
    }
}
