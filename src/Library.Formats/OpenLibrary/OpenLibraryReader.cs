using System.Runtime.CompilerServices;
using System.Text;
using Library.Formats.Marc;

namespace Library.Formats.OpenLibrary;

/// <summary>
/// Reads the dumps of Open Library (openlibrary.org/developers/dumps), <c>application/vnd.openlibrary.dump</c>: a line each record, with its type, key, revision, time and JSON, tabs
/// between them. Authors, works and editions in any order, in one file or several; the file may be of any size, and no more than a line of it is in memory.
/// <para>An edition is a book, but often only its work has the title and the authors, and the work may stand behind it or in another file. So whoever imports keeps each
/// <see cref="OpenLibraryWork"/> by its key (they are too many for memory: a table of the database), and hands the work of an edition to
/// <see cref="OpenLibraryEdition.Join"/> when all lines are read; an edition with <see cref="OpenLibraryEdition.NeedsWork"/> false needs none.</para>
/// </summary>
public static class OpenLibraryReader
{
    private const int MostShown = 1024 * 1024;

    /// <summary>The records of a stream in order. Those of other types (<c>/type/redirect</c>, <c>/type/language</c>, …) are counted by their type.</summary>
    /// <exception cref="UnreadableFileException">It is no dump at all; nothing was given out then.</exception>
    public static async IAsyncEnumerable<OpenLibraryItem> ReadAsync(
        Stream stream, DateOnly today, UnmappedTags unmapped, ReaderOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var cutter = new RecordCutter(stream, (options ?? ReaderOptions.Default).MostRecordBytes, (byte)'\n');
        long number = 0;
        bool more;
        do
        {
            while (cutter.TryCut(out var piece))
                if (Parse(piece, ++number, today, unmapped) is { } item) yield return item;
            more = await cutter.FillAsync(cancellationToken);
        }
        while (more);

        var rest = cutter.Rest();
        if ((rest.Bytes.Length > 0 || rest.IsTooLong) && Parse(rest, ++number, today, unmapped) is { } last) yield return last;
    }

    // null: of another type, or blank.
    private static OpenLibraryItem? Parse(Piece piece, long number, DateOnly today, UnmappedTags unmapped)
    {
        if (piece.IsTooLong) return Refuse(piece, number, null, "The line is longer than is allowed.");
        var line = piece.Bytes.Span.TrimEnd((byte)'\r');
        if (number == 1 && line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) line = line[3..];
        if (line.Trim((byte)' ').IsEmpty) return null;
        Span<Range> columns = stackalloc Range[6];
        var count = 0;
        foreach (var column in line.Split((byte)'\t'))
        {
            if (count == columns.Length) break;
            columns[count++] = column;
        }

        var type = count == 5 ? Encoding.UTF8.GetString(line[columns[0]]) : "";
        if (!type.StartsWith("/type/", StringComparison.Ordinal))
        {
            return number > 1 ? Refuse(piece, number, null, "The line is none of a dump: it takes a type like /type/edition, key, revision, time and JSON, with tabs between them.")
                : throw new UnreadableFileException("This is no dump of Open Library: its first line is not a type like /type/edition, a key, a revision, a time and JSON, with tabs between them.");
        }

        if (type is not ("/type/author" or "/type/work" or "/type/edition"))
        {
            unmapped.Add(type);
            return null;
        }

        var (item, fault) = OpenLibraryMapping.Map(type, Encoding.UTF8.GetString(line[columns[1]]), line[columns[4]], number, today);
        return fault is { } wrong ? Refuse(piece, number, wrong.Field, wrong.Reason) : item;
    }

    private static OpenLibraryItem Refuse(Piece piece, long number, string? field, string reason) => new()
    {
        Number = number,
        Refusal = new RecordRefusal
        {
            Number = number,
            Field = field,
            Reason = reason,
            Position = piece.Offset,
            Record = piece.IsTooLong || piece.Bytes.Length > MostShown ? null : Encoding.UTF8.GetString(piece.Bytes.Span),
        },
    };
}
