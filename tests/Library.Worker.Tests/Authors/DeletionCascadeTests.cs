using Library.Testing;
using Library.Worker.Features.Cascades;
using Library.Worker.Tests.Storage;
using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Authors;

[NeedsServers]
public sealed class DeletionCascadeTests(TestServers servers) : IAsyncLifetime
{
    private readonly CatalogDatabase _catalog = new(servers);
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _catalog.InitializeAsync();
        await _catalog.ApplyAsync(CreateAuthor(_ann), CreateAuthor(_bob));
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(CascadePages.Size - 1)]
    [InlineData(CascadePages.Size)]
    [InlineData((2 * CascadePages.Size) + 1)]
    public async Task The_author_is_taken_off_every_book_and_books_without_an_author_go(int books)
    {
        var shared = await BooksAsync(books / 2, _ann, _bob);
        var own = await BooksAsync(books - (books / 2), _ann);
        var others = await BooksAsync(1, _bob);
        var deletedAt = await DeleteAsync(_ann);

        await CascadeAsync(deletedAt);

        (await _catalog.ScalarAsync<long>($"select count(*) from book_authors where author_id = '{_ann}'")).ShouldBe(0);
        (await _catalog.ColumnAsync<Guid>("select id from books")).ShouldBe(shared.Concat(others), ignoreOrder: true);
        (await _catalog.ScalarAsync<long>($"select count(*) from mt_doc_book where data->'authorIds' ? '{_ann}'")).ShouldBe(0);
        (await _catalog.ColumnAsync<Guid>("select stream_id from mt_events where type = 'book_deleted'")).ShouldBe(own, ignoreOrder: true);
        (await _catalog.ScalarAsync<long>($"select count(*) from authors where id = '{_ann}'")).ShouldBe(0, "the last page takes the marked row away");
        (await _catalog.ScalarAsync<long>($"""
            select count(*) from mt_events e join mt_events d on d.seq_id = {deletedAt}
            where e.seq_id > d.seq_id and e.headers->>'causedBy' = d.id::text and e.headers->>'operationId' = d.headers->>'operationId'
            """)).ShouldBe(books);
    }

    [Fact]
    public async Task Repeated_it_does_nothing()
    {
        await BooksAsync(3, _ann);
        var deletedAt = await DeleteAsync(_ann);
        await CascadeAsync(deletedAt);
        var events = await _catalog.ScalarAsync<long>("select count(*) from mt_events");

        await CascadeAsync(deletedAt);

        (await _catalog.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(events);
    }

    [Fact]
    public async Task Two_at_once_do_it_once()
    {
        await BooksAsync(1200, _ann);
        var deletedAt = await DeleteAsync(_ann);

        await Task.WhenAll(CascadeAsync(deletedAt), CascadeAsync(deletedAt));

        (await _catalog.ScalarAsync<long>("select count(*) from mt_events where type = 'book_deleted'")).ShouldBe(1200);
    }

    [Fact]
    public async Task An_author_that_is_back_keeps_its_books()
    {
        var books = await BooksAsync(2, _ann);
        var deletedAt = await DeleteAsync(_ann);
        await _catalog.ApplyAsync(CreateAuthor(_ann));

        await CascadeAsync(deletedAt);

        (await _catalog.ColumnAsync<Guid>("select id from books")).ShouldBe(books, ignoreOrder: true);
    }

    [Fact]
    public async Task An_earlier_deletion_of_an_author_deleted_again_does_nothing()
    {
        var first = await DeleteAsync(_ann);
        await _catalog.ApplyAsync(CreateAuthor(_ann));
        await BooksAsync(2, _ann);
        var second = await DeleteAsync(_ann);

        await CascadeAsync(first);
        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(2);
        await CascadeAsync(second);
        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(0);
    }

    [Fact]
    public async Task A_fault_of_the_surroundings_is_waited_out()
    {
        await BooksAsync(2, _ann);
        var deletedAt = await DeleteAsync(_ann);
        await _catalog.ExecuteAsync("alter table books rename to mislaid");

        var cascading = CascadeAsync(deletedAt);
        await _catalog.ExecuteAsync("alter table mislaid rename to books");
        await cascading;

        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(0);
    }

    private async Task<IReadOnlyList<Guid>> BooksAsync(int count, params Guid[] authors)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray();
        if (count > 0) await _catalog.ApplyAsync([.. ids.Select(id => CreateBook(id, authors))]);
        return ids;
    }

    private async Task<long> DeleteAsync(Guid author)
    {
        await _catalog.ApplyAsync(DeleteAuthor(author));
        return await _catalog.ScalarAsync<long>("select max(seq_id) from mt_events");
    }

    private Task CascadeAsync(long deletedAt) => _catalog.NewDeletionCascade().RunAsync(_ann, deletedAt, Cancellation);
}
