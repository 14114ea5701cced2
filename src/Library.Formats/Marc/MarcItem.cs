namespace Library.Formats.Marc;

/// <summary>What a reader met in a file: a record, or the refusal of one. Exactly one of the two is set.</summary>
public sealed class MarcItem
{
    private MarcItem(long number, MarcRecord? record, RecordRefusal? refusal) => (Number, Record, Refusal) = (number, record, refusal);

    /// <summary>The record's number in its file, from 1.</summary>
    public long Number { get; }

    /// <summary>The record; null: it is refused.</summary>
    public MarcRecord? Record { get; }

    /// <summary>Why it is refused; null: it is not.</summary>
    public RecordRefusal? Refusal { get; }

    internal static MarcItem Of(long number, MarcRecord record) => new(number, record, null);

    internal static MarcItem Of(RecordRefusal refusal) => new(refusal.Number, null, refusal);
}
