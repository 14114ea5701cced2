using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>
/// Says what a record of MARC 21 means to the catalog, as docs/marc.md has it field by field. Pure but for <see cref="Unmapped"/>; one instance a file, used by one thread at a time.
/// </summary>
/// <param name="today">Dates of a person behind this day are typing errors, and left out.</param>
public sealed class MarcMapper(DateOnly today)
{
    private const int RecordType = 6;

    /// <summary>The fields of all records so far that the catalog has no place for, or found nothing in.</summary>
    public UnmappedTags Unmapped { get; } = new();

    /// <summary>A book with the authors of its headings, an author alone (an authority record), nothing (other records), or a refusal: the reader's own, or that the record lacks what the catalog needs.</summary>
    public MappedItem Map(MarcItem item)
    {
        if (item.Record is not { } record) return new MappedItem { Number = item.Number, Refusal = item.Refusal };
        if (record.Leader[5] == 'd') return Refuse(item, new Fault("LDR", "The record says of itself that it is deleted (leader/05 is d): it is not created. Delete the book, if the catalog has it."));
        switch (record.Leader[RecordType])
        {
            case 'z':
                var author = AuthorityMapping.Map(record, today, Unmapped, out var wrong);
                return wrong is { } fault ? Refuse(item, fault) : new MappedItem { Number = item.Number, Authors = author is null ? [] : [author] };
            case 'u' or 'v' or 'w' or 'x' or 'y' or 'q':
                // Holdings, classification, community information.
                foreach (var field in record.FieldSpan) Unmapped.Add(field.Tag);
                return new MappedItem { Number = item.Number };
            default:
                var draft = new BookDraft(record, today, Unmapped);
                return draft.Finish() is { } missing ? Refuse(item, missing) : new MappedItem { Number = item.Number, Book = draft.Book, Authors = draft.Authors };
        }
    }

    private static MappedItem Refuse(MarcItem item, Fault fault) => new()
    {
        Number = item.Number,
        Refusal = new RecordRefusal { Number = item.Number, Field = fault.Field, Reason = fault.Reason, Record = MarcXml.ToText(item.Record!) },
    };
}
