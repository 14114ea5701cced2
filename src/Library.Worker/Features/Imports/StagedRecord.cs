using System.Globalization;
using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Imports;
using Library.Contracts.Serialization;
using Library.Contracts.Values;

namespace Library.Worker.Features.Imports;

/// <summary>A record that the API has found valid in itself, and the command that it amounts to.</summary>
/// <param name="AuthorField">The name of the field that holds an author at an index of the book's list, so that a refusal names the field that was sent.</param>
internal sealed record StagedRecord(short Kind, long Line, CatalogCommand Command, Func<string, string>? AuthorField = null)
{
    public const short Author = 1;
    public const short Book = 2;

    /// <summary>To create or replace is what an import does with each record. The command goes into no queue, so it has no operation.</summary>
    public static StagedRecord Read(short kind, long line, Guid id, ReadOnlySpan<byte> json)
    {
        if (kind == Author)
        {
            var author = JsonSerializer.Deserialize(json, LibraryJsonContext.Default.AuthorRecord)!;
            return new StagedRecord(kind, line, new ReplaceAuthor
            {
                OperationId = Guid.Empty,
                AcceptedAt = default,
                Author = new AuthorState(id, author),
            });
        }

        var book = JsonSerializer.Deserialize(json, LibraryJsonContext.Default.BookRecord)!;
        return new StagedRecord(kind, line, new ReplaceBook
        {
            OperationId = Guid.Empty,
            AcceptedAt = default,
            Book = new BookState(id, book, ContributorsOf(book)),
        }, place => FieldOf(book, place));
    }

    private static string FieldOf(BookRecord book, string place) => book switch
    {
        { Contributors: { } contributors } => $"contributors[{place}].{(contributors[int.Parse(place, CultureInfo.InvariantCulture)].AuthorKey is null ? "authorId" : "authorKey")}",
        { AuthorKeys: not null } => $"authorKeys[{place}]",
        _ => $"authorIds[{place}]",
    };

    private static IReadOnlyList<Contributor> ContributorsOf(BookRecord book) => book.Contributors is { } contributors
        ? [.. contributors.Select(c => new Contributor { AuthorId = c.AuthorId ?? RecordKeys.AuthorId(c.AuthorKey!), Role = c.Role ?? Relators.Author })]
        : Contributor.Authors(book.AuthorIds ?? book.AuthorKeys!.Select(RecordKeys.AuthorId));
}
