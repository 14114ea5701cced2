namespace Library.Formats.Marc;

/// <summary>A field: a control field (tag 00X) has a value, a data field two indicators and subfields.</summary>
public readonly struct MarcField
{
    private readonly byte[] content;
    private readonly int start;
    private readonly int length;

    // The content is UTF-8: the value of a control field; else the indicators and, each behind its delimiter and code, the subfields.
    internal MarcField(string tag, byte[] content, int start, int length)
    {
        Tag = tag;
        (this.content, this.start, this.length) = (content, start, length);
    }

    /// <summary>Three characters, mostly digits; <c>???</c> where a refused record does not tell.</summary>
    public string Tag { get; }

    /// <summary>Whether it is a control field.</summary>
    public bool IsControl => IsControlTag(Tag);

    /// <summary>First indicator; blank if it is missing, or where there is none.</summary>
    public char Indicator1 => Indicator(0);

    /// <summary>Second indicator; blank if it is missing, or where there is none.</summary>
    public char Indicator2 => Indicator(1);

    /// <summary>The value of a control field with its leading blanks; empty in a data field.</summary>
    public string Value => IsControl ? MarcText.Decode(Content) : "";

    /// <summary>Subfields in order, without those that have no code or no value.</summary>
    public MarcSubfields Subfields => new(content, IsControl ? start + length : start, start + length);

    internal ReadOnlySpan<byte> Content => content.AsSpan(start, length);

    /// <summary>The value of the first subfield with this code; null: there is none.</summary>
    public string? First(char code)
    {
        foreach (var subfield in Subfields)
            if (subfield.Code == code) return subfield.Value;
        return null;
    }

    internal static bool IsControlTag(string tag) => tag is ['0', '0', _];

    /// <summary>Whether anything stands in it.</summary>
    internal bool HasContent()
    {
        if (IsControl) return length > 0;
        foreach (var _ in Subfields) return true;
        return false;
    }

    private char Indicator(int index)
    {
        if (IsControl || index >= length) return ' ';
        var indicators = Content[..Math.Min(length, 2)];
        var delimiter = indicators.IndexOf(MarcText.SubfieldDelimiter);
        return (delimiter >= 0 && index >= delimiter) || indicators[index] is < 0x20 or > 0x7E ? ' ' : (char)indicators[index];
    }
}
