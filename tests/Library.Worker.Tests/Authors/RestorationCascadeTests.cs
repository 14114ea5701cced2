using Library.Testing;
using Library.Worker.Tests.Storage;
using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Authors;

[NeedsServers]
public sealed class RestorationCascadeTests(TestServers servers) : IAsyncLifetime
{
    private readonly CatalogDatabase _catalog = new(servers);
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();
    private readonly Guid _tales = Guid.CreateVersion7();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _catalog.InitializeAsync();
        await _catalog.ApplyAsync(CreateAuthor(_ann), CreateAuthor(_bob), CreateBook(_tales, _ann, _bob));
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task The_author_goes_back_to_its_old_place()
    {
        await DeleteAsync(_ann);
        (await AuthorsOfAsync(_tales)).ShouldBe([_bob]);

        await RestoreAsync(_ann);

        (await AuthorsOfAsync(_tales)).ShouldBe([_ann, _bob]);
        (await _catalog.ScalarAsync<int>($"select version from books where id = '{_tales}'")).ShouldBe(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_book_that_lost_all_its_authors_comes_back_with_the_first_and_has_its_order_in_the_end(bool annFirst)
    {
        await DeleteAsync(_ann);
        await DeleteAsync(_bob);
        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(0);

        await RestoreAsync(annFirst ? _ann : _bob);
        (await AuthorsOfAsync(_tales)).ShouldBe([annFirst ? _ann : _bob]);
        await RestoreAsync(annFirst ? _bob : _ann);

        (await AuthorsOfAsync(_tales)).ShouldBe([_ann, _bob]);
        (await _catalog.ColumnAsync<string>("select type from mt_events where type like 'book%' order by seq_id"))
            .ShouldBe(["book_created", "book_updated", "book_deleted", "book_restored", "book_updated"]);
    }

    [Fact]
    public async Task A_book_that_a_command_changed_since_is_left_and_listed()
    {
        var other = Guid.CreateVersion7();
        await _catalog.ApplyAsync(CreateBook(other, _ann, _bob));
        await DeleteAsync(_ann);
        await _catalog.ApplyAsync(PatchBook(_tales, """{ "title": "New" }"""));

        await RestoreAsync(_ann);

        (await AuthorsOfAsync(_tales)).ShouldBe([_bob]);
        (await AuthorsOfAsync(other)).ShouldBe([_ann, _bob]);
        (await _catalog.ColumnAsync<string>("select left_books::text from operations where kind = 'RestoreAuthor'"))
            .ShouldBe([$$"""{"ids": ["{{_tales}}"], "count": 1}"""]);
    }

    [Fact]
    public async Task A_book_that_was_deleted_by_command_since_stays_deleted()
    {
        await DeleteAsync(_ann);
        await _catalog.ApplyAsync(DeleteBook(_tales));

        await RestoreAsync(_ann);

        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(0);
        (await _catalog.ScalarAsync<int>("select (left_books->>'count')::integer from operations where kind = 'RestoreAuthor'")).ShouldBe(1);
    }

    [Fact]
    public async Task Every_page_follows_and_a_repeat_does_nothing()
    {
        await _catalog.ApplyAsync([.. Enumerable.Range(0, 1001).Select(_ => CreateBook(Guid.CreateVersion7(), _ann))]);
        await DeleteAsync(_ann);
        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(1);

        var restoredAt = await RestoreAsync(_ann);
        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(1002);
        var events = await _catalog.ScalarAsync<long>("select count(*) from mt_events");
        await _catalog.NewRestorationCascade().RunAsync(_ann, restoredAt, Cancellation);

        (await _catalog.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(events);
        (await _catalog.ScalarAsync<long>("select count(*) from cascaded_books")).ShouldBe(0);
        (await _catalog.ScalarAsync<long>("select count(*) from author_restorations")).ShouldBe(0);
    }

    [Fact]
    public async Task Restored_before_the_cascade_came_the_books_were_never_touched()
    {
        await _catalog.ApplyAsync(DeleteAuthor(_ann), RestoreAuthor(_ann));
        var deletedAt = await PositionOfAsync("author_deleted");
        await _catalog.NewDeletionCascade().RunAsync(_ann, deletedAt, Cancellation);
        await _catalog.NewRestorationCascade().RunAsync(_ann, await PositionOfAsync("author_restored"), Cancellation);

        (await AuthorsOfAsync(_tales)).ShouldBe([_ann, _bob]);
        (await _catalog.ScalarAsync<int>($"select version from books where id = '{_tales}'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_restore_had_not_brought_back_when_the_author_was_deleted_again_comes_back_with_the_next()
    {
        await DeleteAsync(_ann);
        await _catalog.ApplyAsync(RestoreAuthor(_ann));
        var interrupted = await PositionOfAsync("author_restored");
        await DeleteAsync(_ann);
        await _catalog.NewRestorationCascade().RunAsync(_ann, interrupted, Cancellation);
        (await AuthorsOfAsync(_tales)).ShouldBe([_bob]);

        await RestoreAsync(_ann);

        (await AuthorsOfAsync(_tales)).ShouldBe([_ann, _bob]);
    }

    [Fact]
    public async Task Each_event_names_the_restore_as_its_cause()
    {
        await DeleteAsync(_ann);
        await RestoreAsync(_ann);

        (await _catalog.ScalarAsync<bool>("""
            select e.headers->>'causedBy' = r.id::text and e.headers->>'operationId' = r.headers->>'operationId'
            from mt_events e, mt_events r where r.type = 'author_restored' and e.seq_id = (select max(seq_id) from mt_events)
            """)).ShouldBeTrue();
    }

    private Task<List<Guid>> AuthorsOfAsync(Guid book) => _catalog.ColumnAsync<Guid>($"select author_id from book_authors where book_id = '{book}' order by ordinal");

    private async Task DeleteAsync(Guid author)
    {
        await _catalog.ApplyAsync(DeleteAuthor(author));
        await _catalog.NewDeletionCascade().RunAsync(author, await PositionOfAsync("author_deleted"), Cancellation);
    }

    private async Task<long> RestoreAsync(Guid author)
    {
        await _catalog.ApplyAsync(RestoreAuthor(author));
        var restoredAt = await PositionOfAsync("author_restored");
        await _catalog.NewRestorationCascade().RunAsync(author, restoredAt, Cancellation);
        return restoredAt;
    }

    private Task<long> PositionOfAsync(string type) => _catalog.ScalarAsync<long>($"select max(seq_id) from mt_events where type = '{type}'");
}
