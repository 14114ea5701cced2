using Library.Contracts.Events;
using Library.Testing;
using Library.Worker.Infrastructure.Storage.Documents;
using Npgsql;
using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Storage;

/// <summary>Marten must be able to use everything that the writer wrote into its tables.</summary>
[NeedsServers]
public sealed class MartenTests(TestServers servers) : IAsyncLifetime
{
    private readonly CatalogDatabase _catalog = new(servers);
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();
    private readonly Guid _tales = Guid.CreateVersion7();
    private readonly Guid _gone = Guid.CreateVersion7();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _catalog.InitializeAsync();
        await _catalog.ApplyAsync(
            CreateAuthor(_ann, "Ann", bio: "Writes \"quoted\" <b>ünïcode</b> 書"), CreateAuthor(_bob), CreateBook(_tales, _ann, _bob), CreateBook(_gone, _bob), DeleteBook(_gone));
        await _catalog.ApplyAsync(ReplaceAuthor(_ann, "Anne"), PatchBook(_tales, """{ "title": "Stories", "publishDate": "2001-02-03" }"""), DeleteAuthor(_bob), CreateAuthor(_bob, "Bob again"));
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task Marten_loads_the_documents()
    {
        await using var session = _catalog.Marten.QuerySession();

        var author = (await session.LoadAsync<Author>(_ann, Cancellation)).ShouldNotBeNull();
        (author.State!.Name, author.Version).ShouldBe(("Anne", 2));
        var book = (await session.LoadAsync<Book>(_tales, Cancellation)).ShouldNotBeNull();
        (book.State!.Title, book.State.PublishDate, book.Version).ShouldBe(("Stories", "2001-02-03", 2));
        book.State.AuthorIds.ShouldBe([_ann, _bob]);
        (await session.LoadAsync<Book>(_gone, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Marten_reads_and_aggregates_the_streams()
    {
        await using var session = _catalog.Marten.QuerySession();

        var events = await session.Events.FetchStreamAsync(_bob, token: Cancellation);
        events.Select(e => e.Data.GetType()).ShouldBe([typeof(AuthorCreated), typeof(AuthorDeleted), typeof(AuthorCreated)]);
        events.Select(e => e.Version).ShouldBe([1, 2, 3]);
        events[0].Headers!["operationId"].ToString().ShouldNotBeNullOrEmpty();
        (await session.Events.AggregateStreamAsync<Author>(_ann, token: Cancellation))!.State!.Name.ShouldBe("Anne");
        (await session.Events.AggregateStreamAsync<Author>(_ann, version: 1, token: Cancellation))!.State!.Name.ShouldBe("Ann");
        (await session.Events.FetchStreamStateAsync(_tales, Cancellation))!.AggregateType.ShouldBe(typeof(Book));
    }

    [Fact]
    public async Task Marten_appends_behind_what_the_writer_wrote_and_the_writer_behind_Marten()
    {
        await using (var session = _catalog.Marten.LightweightSession())
        {
            var stream = await session.Events.FetchForWriting<Author>(_ann, Cancellation);
            stream.AppendOne(new AuthorUpdated { Author = new() { Id = _ann, Name = "Annie" }, Changed = ["name"] });
            await session.SaveChangesAsync(Cancellation);
        }

        await _catalog.ApplyAsync(PatchAuthor(_ann, """{ "name": "Anna" }"""));

        (await _catalog.ColumnAsync<long>($"select version from mt_events where stream_id = '{_ann}' order by seq_id")).ShouldBe([1, 2, 3, 4]);
        (await _catalog.ColumnAsync<string>($"select data::text from mt_events where stream_id = '{_ann}' and version = 3"))
            .ShouldBe([$$"""{"author": {"id": "{{_ann}}", "name": "Annie"}, "changed": ["name"]}"""]);
    }

    [Fact]
    public async Task Marten_rebuilds_the_same_documents()
    {
        var before = await DocumentsAsync();

        using var daemon = await _catalog.Marten.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<Author>(Cancellation);
        await daemon.RebuildProjectionAsync<Book>(Cancellation);

        before.Count.ShouldBe(3);
        (await DocumentsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_schema_is_what_Marten_expects() => await _catalog.Marten.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Cancellation);

    [Fact]
    public async Task No_orphan_gets_past_the_foreign_keys() =>
        (await Should.ThrowAsync<PostgresException>(() => _catalog.ExecuteAsync(
            $"insert into book_authors (book_id, author_id, ordinal, since) values ('{_tales}', '{Guid.CreateVersion7()}', 9, 1)"))).SqlState.ShouldBe("23503");

    private Task<List<string>> DocumentsAsync() => _catalog.ColumnAsync<string>("""
        select id || ' ' || mt_version || ' ' || data from mt_doc_author union all select id || ' ' || mt_version || ' ' || data from mt_doc_book order by 1
        """);
}
