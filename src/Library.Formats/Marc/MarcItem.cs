using System.Diagnostics.CodeAnalysis;

namespace Library.Formats.Marc;

/// <summary>What a reader met in a file: a record, or the refusal of one. Exactly one of the two is set.</summary>
public sealed class MarcItem
{
    private MarcItem(long number, MarcRecord? record, MarcRefusal? refusal) => (Number, Record, Refusal) = (number, record, refusal);

    /// <summary>The record's number in its file, from 1.</summary>
    public long Number { get; }

    /// <summary>The record; null: it is refused.</summary>
    public MarcRecord? Record { get; }

    /// <summary>Why it is refused; null: it is not.</summary>
    public MarcRefusal? Refusal { get; }

    internal static MarcItem Of(long number, MarcRecord record) => new(number, record, null);

    internal static MarcItem Of(MarcRefusal refusal) => new(refusal.Number, null, refusal);
}

/// <summary>A record that cannot be taken, and why.</summary>
public sealed record MarcRefusal
{
    /// <summary>The record's number in its file, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>A sentence that says what is wrong and, where that can be told, what would be right.</summary>
    public required string Reason { get; init; }

    /// <summary>The tag of the field at fault (<c>LDR</c>: the leader); null: it is no one field.</summary>
    public string? Field { get; init; }

    /// <summary>The byte at fault, from 0, counted from the beginning of the (unzipped) file; null in XML, where <see cref="Reason"/> names line and column.</summary>
    public long? Position { get; init; }

    /// <summary>
    /// The record as MARCXML, to be mended and sent again: tags that cannot be told are <c>???</c>, bytes that are no text are written <c>\xE9</c>.
    /// Null: it is too large or too damaged to be shown.
    /// </summary>
    public string? RecordXml { get; init; }

    /// <summary>Whether reading ends here, since nothing behind it can be found: only in XML, whose end of a record is known by its grammar alone.</summary>
    public bool EndsFile { get; init; }
}

/// <summary>A file that is not of the format that it is said to be: nothing of it can be read. The message says what it is not, and what would be right.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always says why.")]
public sealed class UnreadableFileException : Exception
{
    internal UnreadableFileException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>Bounds of reading.</summary>
public sealed record MarcReaderOptions
{
    /// <summary>The defaults.</summary>
    public static readonly MarcReaderOptions Default = new();

    /// <summary>Most bytes of one record, at least 1,024; a larger one is refused, and skipped without being gathered. Default: 8 MiB.</summary>
    public int MostRecordBytes { get; init; } = 8 * 1024 * 1024;
}
