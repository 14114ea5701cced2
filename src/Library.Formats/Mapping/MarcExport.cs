using Library.Contracts.Values;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>
/// Writes books of the catalog as records of MARC 21, as docs/marc.md has it. What <see cref="MarcMapper"/> makes of such a record is the very book, with the ids of its authors:
/// 003 (<c>LibraryCatalog</c>) says that text is to be taken to the last blank, and that 001 is an id.
/// </summary>
public static class MarcExport
{
    // New, language material, monograph; Unicode; abbreviated level; ISBD punctuation omitted.
    private const string Leader = "     nam a22     3c 4500";

    /// <summary>The record of a book.</summary>
    /// <param name="book">With its id, and contributors by id.</param>
    /// <param name="authors">Those that it names, with their ids, in any order; each once.</param>
    /// <exception cref="ArgumentException">An id is missing, or an author that the book names.</exception>
    public static MarcRecord ToRecord(MappedBook book, IReadOnlyList<MappedAuthor> authors)
    {
        var id = book.Id ?? throw new ArgumentException("A book of the catalog has an id.", nameof(book));
        var headings = Headings(book, authors);
        var builder = new MarcRecordBuilder().Leader(Leader)
            .Control("001", id.ToString("D"))
            .Control("003", OwnRecord.Source)
            .Control("008", ExportedFixedField.Of(book));
        foreach (var identifier in book.Identifiers) AddIdentifier(builder, identifier);
        if (book.Languages.Count > 0)
        {
            builder.Data("041", book.Languages.Count > 1 ? '1' : '0', '7');
            foreach (var language in book.Languages) builder.Sub('a', language);
            builder.Sub('2', "iso639-3");
        }

        foreach (var heading in headings.Where(heading => heading.IsMain)) heading.AddTo(builder);
        builder.Data("245", headings.Any(heading => heading.IsMain) ? '1' : '0', '0').Sub('a', book.Title);
        foreach (var title in book.AlternateTitles) builder.Data("246", '3').Sub('a', title);
        builder.Data("264", ' ', '1').Sub('b', book.Publisher).Sub('c', book.PublishDate?.Text);
        builder.Data("520").Sub('a', book.Description);
        foreach (var subject in book.Subjects) AddSubject(builder, subject);
        foreach (var heading in headings.Where(heading => !heading.IsMain)) heading.AddTo(builder);
        foreach (var heading in headings) heading.AddScriptsTo(builder);
        return builder.Build();
    }

    private static List<ExportedHeading> Headings(MappedBook book, IReadOnlyList<MappedAuthor> authors)
    {
        var headings = new List<ExportedHeading>(book.Contributors.Count);
        var seen = new HashSet<Guid>();
        foreach (var contributor in book.Contributors)
        {
            var author = authors.FirstOrDefault(author => author.Id is not null && author.Id == contributor.AuthorId)
                ?? throw new ArgumentException($"The book names the author {contributor.AuthorId}, who is not among those given.", nameof(authors));
            // The main heading is the first author; an editor or a translator alone makes none.
            headings.Add(new ExportedHeading(author, contributor.Role, headings.Count + 1, isMain: headings.Count == 0 && contributor.Role == Relators.Author, isFirstOfAuthor: seen.Add(author.Id!.Value)));
        }

        return headings;
    }

    // In the book's order, which is not that of their tags: within the numbers at its beginning a record has none.
    private static void AddIdentifier(MarcRecordBuilder builder, Identifier identifier)
    {
        var (tag, prefix) = identifier.Scheme switch { "lccn" => ("010", ""), "isbn" => ("020", ""), "issn" => ("022", ""), "oclc" => ("035", "(OCoLC)"), _ => ("024", "") };
        builder.Data(tag, tag == "024" ? '7' : ' ').Sub('a', prefix + identifier.Value);
        if (tag == "024") builder.Sub('2', identifier.Scheme);
    }

    // Divisions in subfields of their own, where that is the same text again.
    private static void AddSubject(MarcRecordBuilder builder, string subject)
    {
        var parts = subject.Split(SubjectText.Separator);
        builder.Data("650", ' ', '4');
        if (parts.Any(part => part.Length == 0)) parts = [subject];
        for (var i = 0; i < parts.Length; i++) builder.Sub(i == 0 ? 'a' : 'x', parts[i]);
    }
}
