using Library.Contracts.Commands;
using Library.Testing;
using Library.Worker.Infrastructure.Storage;
using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Storage;

[NeedsServers]
public sealed class CatalogCopySqlTests(TestServers servers) : IAsyncLifetime
{
    private static readonly string?[] Days = [null, "-9999", "1967~", "2000-02-29", "0000-21", "19XX"];

    private readonly CatalogDatabase _copied = new(servers);
    private readonly CatalogDatabase _inserted = new(servers);

    public async ValueTask InitializeAsync()
    {
        await _copied.InitializeAsync();
        await _inserted.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _copied.DisposeAsync();
        await _inserted.DisposeAsync();
    }

    /// <summary>All but places in the sequence, times and made-up ids, which no two runs share.</summary>
    [Theory]
    [InlineData("select id || type || version || tenant_id from mt_streams order by 1")]
    [InlineData("select stream_id || type || version || data || tenant_id || mt_dotnet_type || is_archived || (headers ? 'operationId') from mt_events order by seq_id")]
    [InlineData("select (timestamp = (select completed_at from operations where position = seq_id))::text || count(*) from mt_events group by timestamp = (select completed_at from operations where position = seq_id)")]
    [InlineData("select id || data::text || mt_version || mt_dotnet_type from mt_doc_author order by 1")]
    [InlineData("select id || data::text || mt_version || mt_dotnet_type from mt_doc_book order by 1")]
    [InlineData("select (to_jsonb(a) - 'position' - 'deleted_at_position')::text || (deleted_at_position is null) from authors a order by 1")]
    [InlineData("select (to_jsonb(b) - 'position')::text from books b order by 1")]
    [InlineData("select book_id || author_id::text || ordinal || coalesce(roles::text, 'aut') from book_authors order by 1")]
    [InlineData("select (select count(*) from book_authors l join mt_events e on e.seq_id = l.since and e.stream_id = l.book_id) || ' ' || (select count(*) from book_authors)")]
    [InlineData("select (select count(*) from authors a join mt_events e on e.seq_id = a.position and e.version = a.version) || ' ' || (select count(*) from authors)")]
    public async Task A_large_transaction_leaves_the_rows_that_small_ones_leave(string sql)
    {
        var id = Given.Id;
        CatalogCommand[] before = [.. Enumerable.Range(0, 10).Select(i => CreateAuthor(id(i))), CreateBook(id(500), id(1), id(2)), CreateBook(id(501), id(3)), DeleteAuthor(id(4))];
        CatalogCommand[] large =
        [
            .. Enumerable.Range(100, 150).Select(i => CreateAuthor(id(i), $"Ann {i}", i % 2 == 0 ? "Writes \"quoted\" <b>ünïcode</b>\n書 😀" : null, Days[i % Days.Length])),
            ReplaceAuthor(id(4), "Back"), ReplaceAuthor(id(5), "Changed"), DeleteAuthor(id(6)), DeleteAuthor(id(120)), ReplaceAuthor(id(121), "Changed at once"),
            .. Enumerable.Range(600, 100).Select(i => Book(id(i), i % 2 == 0 ? new string('é', i) : null, Days[i % Days.Length], id(i - 470), id(4))),
            ReplaceBook(id(500), "Changed", authors: [id(130), id(1)]), DeleteBook(id(501)), DeleteBook(id(601)), ReplaceBook(id(602), "Changed at once", authors: id(140)),
        ];
        large.Length.ShouldBeGreaterThan(CatalogCopySql.Threshold);

        foreach (var catalog in (CatalogDatabase[])[_copied, _inserted]) await catalog.ApplyAsync(before);
        await _copied.ApplyAsync(large);
        foreach (var small in large.Chunk(50)) await _inserted.ApplyAsync(small);

        var rows = await _copied.ColumnAsync<string>(sql);
        rows.ShouldNotBeEmpty();
        rows.ShouldBe(await _inserted.ColumnAsync<string>(sql));
    }
}
