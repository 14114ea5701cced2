namespace Library.Formats.Marc;

/// <summary>A record of MARC 21, whatever file it was read from: text is Unicode, and what had no content is left out.</summary>
public sealed class MarcRecord
{
    /// <summary>Characters of a leader.</summary>
    public const int LeaderLength = 24;

    private readonly MarcField[] fields;

    internal MarcRecord(string leader, MarcField[] fields, int droppedCharacters = 0)
    {
        (Leader, this.fields, DroppedCharacters) = (leader, fields, droppedCharacters);
    }

    /// <summary>24 characters; lengths and addresses in it are those of the file, and may be wrong.</summary>
    public string Leader { get; }

    /// <summary>The fields in the order of the record's directory.</summary>
    public IReadOnlyList<MarcField> Fields => fields;

    /// <summary>How many codes of MARC-8 stood for nothing and were left out; none in a title or a heading, since then the record is refused.</summary>
    public int DroppedCharacters { get; }

    internal ReadOnlySpan<MarcField> FieldSpan => fields;
}
