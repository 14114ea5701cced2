namespace Library.Api.Features.Imports.Records;

/// <summary>What the text at hand begins with.</summary>
internal enum RowKind
{
    /// <summary>Its end is not there yet.</summary>
    Incomplete,

    Row,

    /// <summary>No row can be recognised: its first line is refused, and parsing continues after it.</summary>
    Broken,
}

/// <param name="Length">Bytes of the row, or of the broken line, without its line end.</param>
internal readonly record struct RowEnd(RowKind Kind, int Length);

/// <summary>Where the rows of a file end.</summary>
internal interface IRecordFormat
{
    /// <param name="text">From the beginning of a row on; not empty.</param>
    /// <param name="complete">Nothing comes behind.</param>
    RowEnd FindEnd(ReadOnlySpan<byte> text, bool complete);

    /// <summary>Why a line is refused that is <see cref="RowKind.Broken"/>.</summary>
    string Broken { get; }
}
