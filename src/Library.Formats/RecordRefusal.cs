namespace Library.Formats;

/// <summary>A record that cannot be taken, and why.</summary>
public sealed record RecordRefusal
{
    /// <summary>The record's number in its file, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>A sentence that says what is wrong and, where that can be told, what would be right.</summary>
    public required string Reason { get; init; }

    /// <summary>The tag of the field at fault (<c>LDR</c>: the leader), or the name of a JSON field; null: it is no one field.</summary>
    public string? Field { get; init; }

    /// <summary>The byte at fault, from 0, counted from the beginning of the (unzipped) file; null in XML, where <see cref="Reason"/> names line and column.</summary>
    public long? Position { get; init; }

    /// <summary>
    /// The record, to be mended and sent again: a line of a dump as it was sent; of MARC the record as MARCXML, where tags that cannot be told are <c>???</c>, and bytes that are
    /// no text are written <c>\xE9</c>. Null: it is too large or too damaged to be shown.
    /// </summary>
    public string? Record { get; init; }

    /// <summary>Whether reading ends here, since nothing behind it can be found: only in XML, whose end of a record is known by its grammar alone.</summary>
    public bool EndsFile { get; init; }
}
