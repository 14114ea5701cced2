using Library.Contracts.Imports;
using Library.Testing;
using Library.Worker.Features.Imports;
using Library.Worker.Tests.Storage;
using static Library.Worker.Tests.Commands;
using static Library.Worker.Tests.Imports.StagedImport;

namespace Library.Worker.Tests.Imports;

[NeedsServers]
public sealed class ImportTests(TestServers servers) : IAsyncLifetime
{
    private readonly CatalogDatabase _catalog = new(servers);

    public ValueTask InitializeAsync() => _catalog.InitializeAsync();

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task Authors_go_in_before_books_in_line_order_and_the_imports_own_event_comes_last()
    {
        var import = await CreateAsync(_catalog, false, Book("b1", "Tales", "ann", "bob"), Author("bob", "Bob"), Book("b2", "More", "bob"), Author("ann"));

        await import.RunAsync();

        (await import.StateAsync()).ShouldBe("succeeded 4/0/0");
        (await _catalog.ColumnAsync<string>("select type || coalesce(' ' || (data->'author'->>'name'), ' ' || (data->'book'->>'title'), '') from mt_events order by seq_id"))
            .ShouldBe(["author_created Bob", "author_created Ann", "book_created Tales", "book_created More", "import_completed"]);
        (await _catalog.ColumnAsync<string>("select distinct headers->>'importId' from mt_events")).ShouldBe([import.Id.ToString()]);
        (await _catalog.ColumnAsync<Guid>($"select author_id from book_authors where book_id = '{RecordKeys.BookId("b1")}' order by ordinal"))
            .ShouldBe([RecordKeys.AuthorId("ann"), RecordKeys.AuthorId("bob")]);
        (await _catalog.ScalarAsync<string>("select data->>'import' from mt_events where type = 'import_completed'")).ShouldContain("\"applied\": 4");
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_leaves_no_event()
    {
        string[] file = [Author("ann"), Author("bob"), Book("b1", "Tales", "bob", "ann")];
        await (await CreateAsync(_catalog, false, file)).RunAsync();
        var events = await _catalog.ScalarAsync<long>("select count(*) from mt_events");

        var again = await CreateAsync(_catalog, false, file);
        await again.RunAsync();

        (await again.StateAsync()).ShouldBe("succeeded 0/3/0");
        (await _catalog.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(events);
        (await _catalog.ColumnAsync<int>("select version from authors union all select version from books")).ShouldAllBe(version => version == 1);
    }

    [Fact]
    public async Task A_record_does_what_a_replacement_by_command_does()
    {
        await _catalog.ApplyAsync(CreateAuthor(RecordKeys.AuthorId("ann"), "Old", "Bio"), CreateAuthor(RecordKeys.AuthorId("gone")));
        await _catalog.ApplyAsync(DeleteAuthor(RecordKeys.AuthorId("gone")));

        var import = await CreateAsync(_catalog, false, Author("ann", "New"), Author("gone", "Back"));
        await import.RunAsync();

        (await _catalog.ColumnAsync<string>("select state->>'name' || ' ' || coalesce(state->>'bio', '-') || ' ' || version from authors order by state->>'name'")).ShouldBe(["Back - 3", "New - 2"]);
        (await _catalog.ScalarAsync<string>("select data->>'changed' from mt_events where type = 'author_updated'")).ShouldBe("[\"name\", \"bio\"]");
    }

    [Fact]
    public async Task What_is_refused_is_refused_alone_with_its_line_in_the_records_own_terms()
    {
        var taken = RecordKeys.AuthorId("taken");
        var import = await CreateAsync(
            _catalog, false, Author("ann"), Book("b1", "Tales", "ann", "nobody"), Book("b2", "Tales", "ann"), Author("taken"), $$"""{"type":"book","id":"{{taken}}","title":"T","authorKeys":["ann"]}""");

        await import.RunAsync();

        (await import.StateAsync()).ShouldBe("succeeded 3/0/2");
        (await import.RefusedAsync()).ShouldBe(["2 /problems#unknown-author", "5 /problems#id-taken"]);
        (await _catalog.ScalarAsync<string>($"select problem->>'errors' from import_records where line = 2")).ShouldContain("authorKeys[1]");
    }

    [Fact]
    public async Task A_dry_run_counts_what_would_be_and_changes_nothing()
    {
        var import = await CreateAsync(_catalog, true, Book("b1", "Tales", "ann"), Author("ann"), Book("b2", "Tales", "nobody"));

        await import.RunAsync();

        (await import.StateAsync()).ShouldBe("succeeded 2/0/1");
        (await _catalog.ScalarAsync<long>("select (select count(*) from mt_events) + (select count(*) from mt_streams) + (select count(*) from authors)")).ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dry_run_refuses_what_the_import_would(bool dryRun)
    {
        var id = RecordKeys.AuthorId("ann");
        var import = await CreateAsync(_catalog, dryRun, Author("ann"), Author("bob"), $$"""{"type":"book","id":"{{id}}","title":"Under an author's id","authorKeys":["bob"]}""", Book("b1", "Tales", "ann"));

        await import.RunAsync();

        (await import.StateAsync()).ShouldBe("succeeded 3/0/1");
        (await import.RefusedAsync()).ShouldBe(["3 /problems#id-taken"]);
    }

    [Fact]
    public async Task An_undo_whose_worker_dies_again_and_again_takes_back_everything_once()
    {
        const int Records = 2_600;
        string[] file = [.. Enumerable.Range(0, Records).Select(i => i % 2 == 0 ? Author($"a{i}") : Book($"b{i}", "Tales", $"a{i - 1}"))];
        var import = await CreateAsync(_catalog, false, file);
        await import.RunAsync();
        await _catalog.ApplyAsync(CreateBook(Guid.CreateVersion7(), RecordKeys.AuthorId("a0")));
        var events = await _catalog.ScalarAsync<long>("select count(*) from mt_events");
        await _catalog.ExecuteAsync("create sequence chunks; create function hold() returns trigger language plpgsql as $$ begin perform nextval('chunks'); perform pg_sleep(0.05); return null; end $$; create trigger hold after insert on mt_events for each statement execute function hold()");
        await _catalog.ExecuteAsync($"update imports set undo = 'running', cursor_kind = 2, cursor_line = 0 where id = '{import.Id}'");

        for (var killed = 1; killed <= 3; killed++)
        {
            using var death = new CancellationTokenSource();
            var running = import.RunAsync(death.Token);
            await Eventually.HoldsAsync(async () => await _catalog.ScalarAsync<long>("select case when is_called then last_value else 0 end from chunks") >= killed || running.IsCompleted, "a chunk is under way");
            await death.CancelAsync();
            await running.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await Task.WhenAll(import.RunAsync(), import.RunAsync());

        (await import.UndoStateAsync()).ShouldBe($"succeeded {Records - 1}/1");
        (await _catalog.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(events + Records - 1);
        (await _catalog.ColumnAsync<Guid>("select id from authors where deleted_at_position is null")).ShouldBe([RecordKeys.AuthorId("a0")]);
        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_dies_between_any_two_steps_is_followed_without_a_gap_or_a_repeat()
    {
        const int Records = 2_600;
        var import = await CreateAsync(_catalog, false, [.. Enumerable.Range(0, Records).Select(i => i % 2 == 0 ? Author($"a{i}") : Book($"b{i}", "Tales", $"a{i - 1}"))]);
        await _catalog.ExecuteAsync("create sequence chunks; create function hold() returns trigger language plpgsql as $$ begin perform nextval('chunks'); perform pg_sleep(0.05); return null; end $$; create trigger hold after insert on mt_events for each statement execute function hold()");

        for (var killed = 1; killed <= 3; killed++)
        {
            using var death = new CancellationTokenSource();
            var running = import.RunAsync(death.Token);
            await Eventually.HoldsAsync(async () => await _catalog.ScalarAsync<long>("select case when is_called then last_value else 0 end from chunks") >= killed || running.IsCompleted, "a chunk is under way");
            await death.CancelAsync();
            await running.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        // Two at once, as when a worker that was thought dead comes back.
        await Task.WhenAll(import.RunAsync(), import.RunAsync());

        (await import.StateAsync()).ShouldBe($"succeeded {Records}/0/0");
        (await _catalog.ScalarAsync<long>("select count(*) from mt_events where type <> 'import_completed'")).ShouldBe(Records);
        (await _catalog.ScalarAsync<long>("select count(*) from mt_events where type = 'import_completed'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_chunk_holds_a_megabyte_at_most_but_for_a_record_that_is_larger()
    {
        string Padded(string key, int bytes) => Author(key).Replace("{", "{" + new string(' ', bytes - Author(key).Length), StringComparison.Ordinal);
        var import = await CreateAsync(_catalog, false, Padded("a", 400_000), Padded("b", 400_000), Padded("c", 400_000), Padded("d", 1_200_000), Padded("e", 300), Book("f", "Tales", "a"));

        var lines = new List<long>();
        for (var chunk = await NextAsync(new ImportCursor(1, 0)); chunk.Records.Count > 0; chunk = await NextAsync(chunk.End)) lines.Add(chunk.End.Line);

        lines.ShouldBe([2, 3, 4, 5, 6]);
        Task<ImportChunk> NextAsync(ImportCursor after) => _catalog.Store.ReadAsync(new NextChunk(import.Id, after, ImportChunk.Size), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_paused_import_does_nothing_until_it_is_resumed()
    {
        var import = await CreateAsync(_catalog, false, Author("ann"));
        await _catalog.ExecuteAsync($"update imports set status = 'paused' where id = '{import.Id}'");
        await import.RunAsync();
        (await import.StateAsync()).ShouldBe("paused 0/0/0");

        await _catalog.ExecuteAsync($"update imports set status = 'running' where id = '{import.Id}'");
        await import.RunAsync();
        (await import.StateAsync()).ShouldBe("succeeded 1/0/0");
    }

    [Fact]
    public async Task The_one_record_that_the_database_cannot_take_is_refused_and_the_rest_goes_in()
    {
        await _catalog.ExecuteAsync("alter table authors add constraint none_of_these check (state->>'name' <> 'Culprit')");
        var import = await CreateAsync(_catalog, false, [.. Enumerable.Range(0, 20).Select(i => Author($"a{i}", i == 13 ? "Culprit" : "Ann"))]);

        await import.RunAsync();

        (await import.StateAsync()).ShouldBe("succeeded 19/0/1");
        (await import.RefusedAsync()).ShouldBe(["14 /problems#inapplicable"]);
    }

    [Fact]
    public async Task An_undo_takes_back_what_nothing_else_has_changed_or_builds_on()
    {
        await _catalog.ApplyAsync(CreateAuthor(RecordKeys.AuthorId("old"), "Before"));
        var import = await CreateAsync(
            _catalog, false, Author("old", "After"), Author("ann"), Author("named"), Author("changed"), Book("b1", "Tales", "ann"), Book("b2", "Tales", "ann", "old"));
        await import.RunAsync();
        await _catalog.ApplyAsync(CreateBook(Guid.CreateVersion7(), RecordKeys.AuthorId("named")), ReplaceAuthor(RecordKeys.AuthorId("changed"), "By hand"));

        await import.UndoAsync();

        (await import.UndoStateAsync()).ShouldBe("succeeded 4/2");
        (await _catalog.ColumnAsync<string>("select state->>'name' || ' ' || version from authors where deleted_at_position is null order by state->>'name'")).ShouldBe(["Ann 1", "Before 3", "By hand 2"]);
        (await _catalog.ScalarAsync<long>("select count(*) from books")).ShouldBe(1);
        var events = await _catalog.ScalarAsync<long>("select count(*) from mt_events");

        await import.RunAsync();
        (await _catalog.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(events, "an undo that is through is not done again");
    }

    [Fact]
    public async Task An_import_s_id_is_no_id_for_an_author()
    {
        var import = await CreateAsync(_catalog, false, Author("ann"));
        await import.RunAsync();

        await _catalog.ApplyAsync(CreateAuthor(import.Id), ReplaceBook(import.Id, authors: RecordKeys.AuthorId("ann")));

        (await _catalog.ColumnAsync<string>("select problem->>'type' from operations order by id")).ShouldBe(["/problems#id-taken", "/problems#id-taken"]);
    }
}
