using Library.Testing;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;
using Library.Worker.Tests.Storage;
using RabbitMQ.Client;
using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Writing;

[NeedsServers]
public sealed class BatchApplierTests(TestServers servers) : IAsyncLifetime
{
    private readonly CatalogDatabase _catalog = new(servers);

    public ValueTask InitializeAsync() => _catalog.InitializeAsync();

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task Positions_follow_the_order_of_commands_across_resources()
    {
        var (ann, bob, tales) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        await _catalog.ApplyAsync(
            CreateAuthor(ann), CreateBook(tales, ann), ReplaceAuthor(ann, "Anne"), CreateAuthor(bob), ReplaceBook(tales, authors: [bob, ann]), DeleteAuthor(ann));

        (await _catalog.ColumnAsync<string>("select type from mt_events order by seq_id"))
            .ShouldBe(["author_created", "book_created", "author_updated", "author_created", "book_updated", "author_deleted"]);
    }

    [Fact]
    public async Task A_batch_that_comes_again_has_no_second_effect()
    {
        var batch = _catalog.Queued(CreateAuthor(Guid.CreateVersion7()), CreateAuthor(Guid.CreateVersion7()));

        await _catalog.Applier.ApplyAsync(batch, _catalog.Errors, TestContext.Current.CancellationToken);
        await _catalog.Applier.ApplyAsync(batch, _catalog.Errors, TestContext.Current.CancellationToken);

        (await _catalog.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(2);
        (await _catalog.ScalarAsync<long>("select count(*) from operations")).ShouldBe(2);
    }

    [Fact]
    public async Task A_deleted_book_comes_back_with_those_of_its_authors_that_are_in_the_catalog()
    {
        var (ann, bob, tales) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await _catalog.ApplyAsync(CreateAuthor(ann), CreateAuthor(bob), CreateBook(tales, ann, bob), DeleteBook(tales), DeleteAuthor(ann));
        // A batch of its own: whether the authors are there must be loaded.
        await _catalog.ApplyAsync(RestoreBook(tales));

        (await _catalog.ColumnAsync<Guid>($"select author_id from book_authors where book_id = '{tales}' order by ordinal")).ShouldBe([bob]);
    }

    [Fact]
    public async Task A_book_that_is_deleted_and_restored_in_one_batch_keeps_its_authors()
    {
        var (ann, bob, tales) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await _catalog.ApplyAsync(CreateAuthor(ann), CreateAuthor(bob), CreateBook(tales, ann, bob));
        await _catalog.ApplyAsync(DeleteBook(tales), RestoreBook(tales));

        (await _catalog.ColumnAsync<string>("select effect from operations order by position")).ShouldBe(["created", "created", "created", "deleted", "restored"]);
        (await _catalog.ColumnAsync<Guid>($"select author_id from book_authors where book_id = '{tales}' order by ordinal")).ShouldBe([ann, bob]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(CatalogCopySql.Threshold)]
    public async Task The_first_and_the_last_day_that_there_is_are_stored_as_they_are(int books)
    {
        var ann = Guid.CreateVersion7();
        await _catalog.ApplyAsync([CreateAuthor(ann, born: "-9999"), .. Enumerable.Range(0, books).Select(_ => Published(CreateBook(Guid.CreateVersion7(), ann), "9999-12-31"))]);

        (await _catalog.ColumnAsync<string>("select birth_earliest::text from authors")).ShouldBe(["-3652425"]);
        (await _catalog.ColumnAsync<string>("select distinct publish_earliest::text from books")).ShouldBe(["3652058"]);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(9, 0)]
    [InlineData(9, 4)]
    [InlineData(9, 8)]
    [InlineData(400, 250)] // More than COPY takes over from.
    public async Task The_one_command_that_cannot_be_applied_is_refused_and_the_rest_is_applied_in_order(int count, int culprit)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray();
        // A fault that no rule of ours foresees.
        await _catalog.ExecuteAsync("""
            create function refuse() returns trigger language plpgsql as $$
              begin if new.heading = 'Culprit' then raise exception 'culprit' using errcode = '22000'; end if; return new; end $$;
            create trigger refuse before insert on authors for each row execute function refuse();
            """);
        var batch = _catalog.Queued([.. ids.Select((id, i) => CreateAuthor(id, i == culprit ? "Culprit" : "Ann"))]);
        _catalog.Errors.BeforePut = async () =>
            (await _catalog.ScalarAsync<long>("select count(*) from operations where problem is not null")).ShouldBe(0, "the outcome may be committed only once the error queue has the command");

        await _catalog.Applier.ApplyAsync(batch, _catalog.Errors, TestContext.Current.CancellationToken);

        _catalog.Errors.Put.ShouldHaveSingleItem().Message.Tag.ShouldBe(batch[culprit].Tag);
        (await _catalog.ColumnAsync<Guid>("select stream_id from mt_events order by seq_id")).ShouldBe(ids.Where((_, i) => i != culprit));
        (await _catalog.ColumnAsync<string>("select problem->>'type' from operations where problem is not null")).ShouldBe(["/problems#inapplicable"]);
        (await _catalog.ColumnAsync<Guid>("select id from operations where problem is not null")).ShouldBe([batch[culprit].Command!.Command.OperationId]);
    }

    [Theory]
    [InlineData("53100")] // disk full
    [InlineData("53200")] // out of memory
    [InlineData("42703")] // missing column
    [InlineData("42501")] // no right to
    [InlineData("25006")] // read-only: a standby
    [InlineData("40001")] // serialisation failure
    [InlineData("55P03")] // lock time-out
    [InlineData("57014")] // statement time-out
    [InlineData("58030")] // I/O error
    [InlineData("XX001")] // corrupted page
    [InlineData("08006")] // connection failure
    public async Task A_fault_of_the_surroundings_refuses_no_command(string sqlState)
    {
        await _catalog.ExecuteAsync($"""
            create table trouble (times integer);
            insert into trouble values (0);
            create sequence tries;
            create function fail() returns trigger language plpgsql as $$
              begin if nextval('tries') <= 3 then raise exception 'trouble' using errcode = '{sqlState}'; end if; return new; end $$;
            create trigger fail before insert on mt_events for each statement execute function fail();
            """);

        await _catalog.ApplyAsync(CreateAuthor(Guid.CreateVersion7()), CreateAuthor(Guid.CreateVersion7()));

        (await _catalog.ScalarAsync<long>("select last_value from tries")).ShouldBeGreaterThan(3);
        (await _catalog.ColumnAsync<string>("select effect from operations")).ShouldBe(["created", "created"]);
        _catalog.Errors.Put.ShouldBeEmpty();
        _catalog.State.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_missing_column_keeps_the_batch_until_it_is_back()
    {
        await _catalog.ExecuteAsync("alter table authors rename column birth_latest to mislaid");

        var applying = _catalog.ApplyAsync(CreateAuthor(Guid.CreateVersion7()));
        await Eventually.HoldsAsync(() => _catalog.State.Trouble?.Contains("42703", StringComparison.Ordinal) == true, "the writer says what it waits for");
        applying.IsCompleted.ShouldBeFalse();
        await _catalog.ExecuteAsync("alter table authors rename column mislaid to birth_latest");
        await applying;

        (await _catalog.ColumnAsync<string>("select effect from operations")).ShouldBe(["created"]);
    }

    [Fact]
    public async Task A_lone_command_is_not_refused_while_the_database_takes_no_outcomes_either()
    {
        await _catalog.ExecuteAsync("alter table operations add constraint nothing_goes check (false) not valid");

        var applying = _catalog.ApplyAsync(CreateAuthor(Guid.CreateVersion7()));
        await Eventually.HoldsAsync(() => _catalog.State.Trouble?.Contains("23514", StringComparison.Ordinal) == true, "the writer says what it waits for");
        await _catalog.ExecuteAsync("alter table operations drop constraint nothing_goes");
        await applying;

        (await _catalog.ColumnAsync<string>("select effect from operations")).ShouldBe(["created"]);
        _catalog.Errors.Put.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_ends_its_operation_refused()
    {
        var id = _catalog.Ids.Next();
        var author = _catalog.Queued(CreateAuthor(Guid.CreateVersion7())).Single();
        var unreadable = author with { Command = null, Unreadable = "it is no JSON", Properties = new BasicProperties { MessageId = id.ToString() } };
        var foreign = unreadable with { Properties = new BasicProperties { MessageId = "somebody else's" } };

        await _catalog.Applier.ApplyAsync([unreadable, author, foreign], _catalog.Errors, TestContext.Current.CancellationToken);

        (await _catalog.ColumnAsync<Guid>("select id from operations where problem->>'type' = '/problems#unreadable'")).ShouldBe([id]);
        (await _catalog.ScalarAsync<long>("select count(*) from operations where effect = 'created'")).ShouldBe(1);
        _catalog.Errors.Put.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_command_past_the_retention_of_operations_is_never_applied()
    {
        var old = OperationIdOf(DateTimeOffset.Parse("2020-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        var message = _catalog.Queued(CreateAuthor(Guid.CreateVersion7())).Single();

        await _catalog.Applier.ApplyAsync(
            [message with { Command = new(message.Command!.Command with { OperationId = old }, null) }], _catalog.Errors, TestContext.Current.CancellationToken);

        _catalog.Errors.Put.ShouldHaveSingleItem().Reason.ShouldStartWith("expired");
        (await _catalog.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(0);
    }

    /// <summary>Whoever may publish to the queue can put anything there: the API's rules hold once more.</summary>
    [Theory]
    [InlineData(5_000_000, "name")]
    [InlineData(0, "name")]
    public async Task A_state_that_the_API_would_not_take_is_refused(int length, string field)
    {
        var (ann, tales) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await _catalog.ApplyAsync(CreateAuthor(ann), CreateAuthor(Guid.CreateVersion7(), new string('x', length)), CreateAuthor(Guid.Empty), CreateBook(tales, ann, ann), CreateBook(tales, ann));

        (await _catalog.ColumnAsync<string>("select coalesce(effect, problem->'errors'->>0, (select string_agg(k, ',') from jsonb_object_keys(problem->'errors') k)) from operations order by id"))
            .ShouldBe(["created", field, "id", "contributors[1]", "created"]);
    }

    [Fact]
    public async Task A_command_whose_operation_nobody_issued_is_never_applied()
    {
        var message = _catalog.Queued(CreateAuthor(Guid.CreateVersion7())).Single();

        await _catalog.Applier.ApplyAsync(
            [message with { Command = new(message.Command!.Command with { OperationId = Guid.CreateVersion7() }, null) }], _catalog.Errors, TestContext.Current.CancellationToken);

        _catalog.Errors.Put.ShouldHaveSingleItem().Reason.ShouldContain("issued by no API");
        (await _catalog.ScalarAsync<long>("select (select count(*) from mt_events) + (select count(*) from operations)")).ShouldBe(0);
    }

    [Fact]
    public async Task A_patch_whose_result_is_wrong_is_refused()
    {
        var ann = Guid.CreateVersion7();
        await _catalog.ApplyAsync(CreateAuthor(ann, born: "1929"), PatchAuthor(ann, """{ "deathDate": "1928-12-31" }"""), PatchAuthor(ann, """{ "deathDate": "2018" }"""));

        (await _catalog.ColumnAsync<string>("select coalesce(effect, problem->'errors'->'deathDate'->>0) from operations order by id"))
            .ShouldBe(["created", "It lies before the birth date.", "changed"]);
    }

    /// <summary>A limit that Postgres passes over is the command's own fault, once it stands alone.</summary>
    [Fact]
    public async Task A_command_that_passes_a_limit_of_Postgres_does_not_stop_the_rest()
    {
        await _catalog.ExecuteAsync("""
            create function refuse() returns trigger language plpgsql as $$
              begin if new.heading = 'Huge' then raise exception 'too large' using errcode = '54000'; end if; return new; end $$;
            create trigger refuse before insert on authors for each row execute function refuse();
            """);
        await _catalog.ApplyAsync(CreateAuthor(Guid.CreateVersion7(), "A"), CreateAuthor(Guid.CreateVersion7(), "Huge"), CreateAuthor(Guid.CreateVersion7(), "B"));

        (await _catalog.ColumnAsync<string>("select coalesce(effect, problem->>'type') from operations order by id")).ShouldBe(["created", "/problems#inapplicable", "created"]);
    }

    [Fact]
    public async Task Time_never_runs_backwards()
    {
        await _catalog.ApplyAsync(CreateAuthor(Guid.CreateVersion7()));
        await _catalog.ExecuteAsync("update mt_events set timestamp = '2100-01-01T00:00:00Z'");

        await _catalog.ApplyAsync(CreateAuthor(Guid.CreateVersion7()));

        (await _catalog.ColumnAsync<DateTime>("select timestamp from mt_events")).ShouldAllBe(time => time.Year == 2100);
    }

    [Fact]
    public async Task Two_writers_at_once_commit_in_position_order()
    {
        var cancellation = TestContext.Current.CancellationToken;
        async Task WriteAsync(int batches)
        {
            for (var i = 0; i < batches; i++)
                await _catalog.Applier.ApplyAsync(_catalog.Queued([.. Enumerable.Range(0, 5).Select(_ => CreateAuthor(Guid.CreateVersion7()))]), _catalog.Errors, cancellation);
        }

        var writing = Task.WhenAll(Task.Run(() => WriteAsync(60), cancellation), Task.Run(() => WriteAsync(60), cancellation));
        var seen = new List<long>();
        bool finished;
        do
        {
            finished = writing.IsCompleted;
            var last = seen.Count == 0 ? 0 : seen[^1];
            seen.AddRange(await _catalog.ColumnAsync<long>($"select seq_id from mt_events where seq_id > {last} order by seq_id"));
        }
        while (!finished);
        await writing;

        // Whoever follows by position alone has missed nothing.
        seen.Count.ShouldBe(600);
        (await _catalog.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(600);
    }

    [Theory]
    [InlineData("between two statements")]
    [InlineData("in the middle of a COPY")]
    public async Task A_writer_that_froze_in_its_transaction_loses_the_lock_to_the_next(string where)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var itsPool = _catalog.CreatePool(settings => settings.KeepAlive = 0);
        await using var frozen = await CatalogTransaction.BeginAsync(itsPool, cancellation);
        Func<Task> goOn = () => frozen.CommitAsync(cancellation);
        if (where.Contains("COPY", StringComparison.Ordinal))
        {
            var copy = await frozen.Connection.BeginBinaryImportAsync("copy authors (id) from stdin (format binary)", cancellation);
            goOn = async () => await copy.CompleteAsync(cancellation);
        }

        await _catalog.ApplyAsync(CreateAuthor(Guid.CreateVersion7())).WaitAsync(Eventually.Deadline, cancellation);

        // It says nothing about the commands: taken for a fault of theirs, it would have one refused.
        Faults.IsOfContent(await Should.ThrowAsync<Exception>(goOn)).ShouldBeFalse();
    }

    [Fact]
    public async Task Rows_follow_the_events()
    {
        var (ann, bob, tales, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        await _catalog.ApplyAsync(CreateAuthor(ann), CreateAuthor(bob), CreateBook(tales, ann, bob), CreateBook(gone, ann));
        await _catalog.ApplyAsync(ReplaceBook(tales, "Stories", authors: [bob, ann]), DeleteBook(gone), PatchAuthor(bob, """{ "bio": "Writes." }"""));

        (await _catalog.ColumnAsync<string>("select state->>'title' || ' ' || version from books")).ShouldBe(["Stories 2"]);
        (await _catalog.ColumnAsync<Guid>("select author_id from book_authors order by ordinal")).ShouldBe([bob, ann]);
        (await _catalog.ColumnAsync<string>($"select state->>'bio' from authors where id = '{bob}'")).ShouldBe(["Writes."]);
        (await _catalog.ScalarAsync<long>("select count(*) from mt_doc_book")).ShouldBe(1);
    }

    private static Guid OperationIdOf(DateTimeOffset time) => Hosting.Operations.OperationIds.LowerBound(time);
}
