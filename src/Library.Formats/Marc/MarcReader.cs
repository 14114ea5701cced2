using System.Runtime.CompilerServices;

namespace Library.Formats.Marc;

/// <summary>
/// Reads MARC 21 in ISO 2709 (ANSI/NISO Z39.2), <c>application/marc</c>: bibliographic and authority records, in UTF-8 and MARC-8. The file may be of any size; no more than
/// a record of it is in memory.
/// <para>A record ends at its terminator, whatever its leader says of its length. Its fields are found by the directory where that covers the data exactly, counted in bytes or else
/// in characters; else by their terminators, where there are as many of them as there are entries; else the record is refused, and reading goes on with the next one.</para>
/// </summary>
public static class MarcReader
{
    /// <summary>The records of a stream in order, each read or refused. The stream is not closed.</summary>
    /// <exception cref="UnreadableFileException">It holds no MARC at all; nothing was given out then.</exception>
    public static async IAsyncEnumerable<MarcItem> ReadAsync(Stream stream, ReaderOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var cutter = new RecordCutter(stream, (options ?? ReaderOptions.Default).MostRecordBytes);
        var parser = new RecordParser();
        do
        {
            while (cutter.TryCut(out var piece))
                foreach (var item in parser.Parse(piece)) yield return item;
        }
        while (await cutter.FillAsync(cancellationToken));

        foreach (var item in parser.Parse(cutter.Rest())) yield return item;
    }
}
