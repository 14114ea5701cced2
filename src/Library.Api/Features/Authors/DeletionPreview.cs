using Library.Api.Infrastructure.Reading;
using Library.Hosting.Operations;
using Npgsql;

namespace Library.Api.Features.Authors;

/// <summary>Reads what deleting an author would do. A co-author who is already deleted, with the cascade still running, does not keep a book alive.</summary>
internal sealed class DeletionPreview(Database database)
{
    public const int MaxBooks = 100;

    // One snapshot for everything; apart from the titles only indexes are read. The inner subquery is almost always empty.
    private const string Sql = """
        with of_author as materialized (
          select book_id, exists (select 1 from book_authors other where other.book_id = link.book_id and other.author_id <> $1
            and other.author_id not in (select id from authors where deleted_at_position is not null)) as stays
          from book_authors link where author_id = $1
        ),
        first as (select book_id, stays from of_author order by book_id limit $2)
        select (select count(*) from of_author where stays), (select count(*) from of_author where not stays), b.id, b.heading, f.stays
        from authors a left join (first f join books b on b.id = f.book_id) on true
        where a.id = $1 and a.deleted_at_position is null
        order by b.id
        """;

    /// <summary>Null: the author is not in the catalog.</summary>
    public Task<DeletionPreviewResponse?> FindAsync(Guid authorId, CancellationToken cancellation) => database.ReadAsync(
        Sql,
        [new NpgsqlParameter<Guid> { TypedValue = authorId }, new NpgsqlParameter<int> { TypedValue = MaxBooks }],
        async (row, limit) =>
        {
            DeletionPreviewResponse? preview = null;
            var books = new List<DeletionPreviewResponse.BookEffect>();
            while (await row.ReadAsync(limit))
            {
                preview ??= new DeletionPreviewResponse { Changed = row.GetInt64(0), Deleted = row.GetInt64(1), Books = books };
                // An author without books has one row, and no book in it.
                if (row.IsDBNull(2)) break;
                books.Add(new() { Id = row.GetGuid(2), Title = row.GetString(3), Effect = row.GetBoolean(4) ? Effects.Changed : Effects.Deleted });
            }

            return preview;
        },
        cancellation);
}
