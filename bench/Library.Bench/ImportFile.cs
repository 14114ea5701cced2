using System.Text.Encodings.Web;
using System.Text.Json;
using Library.Contracts.Imports;
using Library.Contracts.Serialization;
using Library.Contracts.Values;
using Library.Generator;

namespace Library.Bench;

/// <summary>A catalog file of NDJSON, as another system would export its own: its authors, then its books, all by keys. Deleted when disposed of.</summary>
internal sealed class ImportFile : IDisposable
{
    private const int BooksPerAuthor = 5;

    /// <summary>Beside an earlier version, both get the records that both take.</summary>
    private static readonly bool Plain = Environment.GetEnvironmentVariable(Against.PlainRecords) is not null;

    // People write text as it is, not escaped.
    private static readonly JsonSerializerOptions Json = new(LibraryJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private ImportFile(string path, int records) => (Path, Records) = (path, records);

    public string Path { get; }

    public int Records { get; }

    /// <param name="records">Authors and books; made a multiple of six.</param>
    /// <param name="seed">Another one: other resources.</param>
    public static async Task<ImportFile> CreateAsync(int records, int seed)
    {
        var authors = records / (1 + BooksPerAuthor);
        var books = authors * BooksPerAuthor;
        var maker = new CatalogMaker(new GeneratorOptions { Authors = authors, Books = books, Seed = seed, Plain = Plain });
        var file = new ImportFile(System.IO.Path.GetTempFileName(), authors + books);
        await using var lines = File.Create(file.Path, 1 << 16);
        for (var i = 0; i < authors; i++)
        {
            var author = maker.Author(i);
            Write(lines, new AuthorRecord(author) { Key = Key(author.Id) });
        }

        for (var i = 0; i < books; i++)
        {
            var book = maker.Book(i);
            var record = new BookRecord(book) { Key = Key(book.Id) };
            Write(lines, book.Contributors.All(contributor => contributor.Role == Relators.Author)
                ? record with { AuthorKeys = [.. book.AuthorIds.Select(Key)] }
                : record with { Contributors = [.. book.Contributors.Select(contributor => new RecordContributor { AuthorKey = Key(contributor.AuthorId), Role = contributor.Role })] });
        }

        return file;
    }

    public void Dispose() => File.Delete(Path);

    private static string Key(Guid id) => id.ToString();

    private static void Write<T>(Stream lines, T record)
    {
        JsonSerializer.Serialize(lines, record, Json);
        lines.WriteByte((byte)'\n');
    }
}
