using Library.Contracts.Values;
using Library.Formats.Dates;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>A book in the making: each field of a record is put where it belongs, or counted as unmapped.</summary>
internal sealed class BookDraft
{
    private readonly MarcRecord record;
    private readonly UnmappedTags unmapped;
    private readonly Guid? id;
    private readonly ContributorDraft contributors;
    private readonly IdentifierDraft identifiers = new();
    private readonly Publication publication;
    private readonly List<string> titles = [];
    private readonly List<string> otherTitles = [];
    private readonly List<string> languages = [];
    private readonly List<string> subjects = [];
    private readonly Paragraphs summary = new();
    private readonly Paragraphs notes = new();
    private List<MarcField>? linked;
    private List<MarcField>? noteFields;
    private string? agency;
    private string? number;
    private string? fixedField;

    public BookDraft(MarcRecord record, DateOnly today, UnmappedTags unmapped)
    {
        (this.record, this.unmapped) = (record, unmapped);
        id = OwnRecord.BookId(record);
        // Where punctuation is left out, what ends in a mark ends in it (leader/18: c, ISBD; n, other rules).
        Text = new FieldText(IsExact: id is not null, HasPunctuation: id is null && record.Leader[18] is not ('c' or 'n'));
        contributors = new ContributorDraft(today, isExact: id is not null);
        publication = new Publication(Text);
    }

    public IReadOnlyList<MappedAuthor> Authors => contributors.Authors;

    public MappedBook? Book { get; private set; }

    private FieldText Text { get; }

    /// <summary>Makes <see cref="Book"/> and <see cref="Authors"/>; or what they lack.</summary>
    public Fault? Finish()
    {
        foreach (var field in record.FieldSpan)
            if (!Take(field)) unmapped.Add(field.Tag);

        foreach (var field in linked ?? [])
            if (!TakeLinked(field)) unmapped.Add(field.Tag);
        if (contributors.Fault is { } fault) return fault;
        if (titles.Count == 0) return new Fault("245", "The record has no title: field 245 with $a is missing or empty.");
        if (!MappingText.Fits(titles[0], Limits.Title)) return new Fault("245", $"Its title is longer than {Limits.Title} characters.");
        if (!id.HasValue) AddOwnNumber();
        CountUnused();
        Book = new MappedBook
        {
            Id = id,
            Key = id is null ? RecordKey.Of(record, agency, number, identifiers.FirstIsbn) : null,
            Title = titles[0],
            AlternateTitles = AlternateTitles(),
            Description = summary.Text ?? notes.Text,
            PublishDate = publication.Date(fixedField, isExact: id is not null),
            Publisher = publication.Publisher,
            Languages = languages,
            Subjects = subjects,
            Identifiers = identifiers.List,
            Contributors = contributors.List,
        };
        return null;
    }

    private bool Take(MarcField field)
    {
        switch (UnmappedTags.Number(field.Tag))
        {
            case 1: return Once(ref number, field.Value);
            case 3: return Once(ref agency, field.Value);
            case 8: return Once(ref fixedField, field.Value) && AddLanguageOf008(field.Value);
            case 10 or 20 or 22 or 24 or 35: return identifiers.Add(field);
            case 41: return AddLanguages(field);
            case 100 or 110 or 111: return contributors.AddMain(field);
            case 700 or 710 or 711: return contributors.AddOther(field);
            case 130 or 240 or 246: return AddTitle(otherTitles, field);
            case 245: return AddTitle(titles, field);
            case 260 or 264: return publication.Add(field);
            case 500: return AddNote(field);
            case 520: return summary.Add(Text.Joined(field, "ab", keepLines: true));
            case 600 or 610 or 611 or 630 or 647 or 648 or 650 or 651: return AddSubject(field);
            case 880: return AddLinked(field);
            default: return false;
        }
    }

    private static bool Once(ref string? kept, string value)
    {
        if (kept is not null) return false;
        kept = value;
        return true;
    }

    private bool AddTitle(List<string> list, MarcField field)
    {
        if (TitleText.Of(field, Text) is not { Length: > 0 } title) return false;
        list.Add(title);
        return true;
    }

    private List<string> AlternateTitles()
    {
        var alternates = new List<string>();
        foreach (var title in titles.Skip(1).Concat(otherTitles))
        {
            if (!Text.IsExact && (title == titles[0] || alternates.Contains(title))) continue;
            if (alternates.Count < Limits.AlternateTitles && MappingText.Fits(title, Limits.Title)) alternates.Add(title);
            else unmapped.Add("246");
        }

        return alternates;
    }

    private bool AddLinked(MarcField field)
    {
        (linked ??= []).Add(field);
        return true;
    }

    // The other script of another field: "245-01/(N" in $6 says of which.
    private bool TakeLinked(MarcField field)
    {
        var link = field.First('6');
        if (link is null || link.Length < 6 || link[3] != '-') return false;
        var (tag, occurrence) = (link[..3], link.Substring(4, 2));
        return tag is "245" or "246" or "240" or "130" ? AddTitle(otherTitles, field) : contributors.AddScript(field, tag, occurrence, id is not null);
    }

    private bool AddNote(MarcField field)
    {
        (noteFields ??= []).Add(field);
        return notes.Add(Text.Joined(field, "a", keepLines: true));
    }

    // Notes are the description only where there is no summary.
    private void CountUnused()
    {
        if (summary.Text is null) return;
        foreach (var field in noteFields ?? []) unmapped.Add(field.Tag);
    }

    private bool AddLanguageOf008(string value)
    {
        if (id is null && value.Length >= 38) AddLanguage(value.AsSpan(35, 3));
        return true;
    }

    private bool AddLanguages(MarcField field)
    {
        var added = false;
        foreach (var subfield in field.Subfields)
        {
            if (subfield.Code != 'a') continue;
            var codes = subfield.Value.AsSpan().Trim();
            // Older records write several codes without anything between them.
            if (codes.Length % 3 != 0) added |= AddLanguage(codes);
            else
                for (var i = 0; i < codes.Length; i += 3) added |= AddLanguage(codes.Slice(i, 3));
        }

        return added;
    }

    private bool AddLanguage(ReadOnlySpan<char> code)
    {
        if (code is "und" or "   " or "|||" || !Contracts.Values.Languages.TryNormalize(code.ToString(), out var language)) return false;
        if (!languages.Contains(language) && languages.Count < Limits.Languages) languages.Add(language);
        return true;
    }

    private bool AddSubject(MarcField field)
    {
        if (SubjectText.Of(field, Text) is not { Length: > 0 } subject || subjects.Count == Limits.Subjects || !MappingText.Fits(subject, Limits.Subject)) return false;
        if (Text.IsExact || !subjects.Contains(subject)) subjects.Add(subject);
        return true;
    }

    // The number of a record of OCLC is an OCLC number, though only some say so in 035.
    private void AddOwnNumber()
    {
        if (agency?.Trim() == "OCoLC" && number is not null) identifiers.Add("oclc", number.Trim());
    }
}
