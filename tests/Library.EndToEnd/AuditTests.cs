using System.Net;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>The self-audit finds nothing in a catalog as the service leaves it, and whatever is done to it behind the service's back.</summary>
public sealed class AuditTests(TestServers servers)
{
    [Fact]
    public async Task A_sound_catalog_has_no_findings_and_a_spoilt_one_tells_each_of_them()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        var author = await api.CreateAuthorAsync("Named by books");
        var gone = await api.CreateAuthorAsync("Deleted");
        await api.CreateBookAsync("Follows", gone);
        (await api.DeleteAsync($"/v1/authors/{gone}", Requests.Wait)).Is(HttpStatusCode.NoContent);
        var ids = new Dictionary<string, Guid>();
        foreach (var name in Spoilings.Keys)
            ids[name] = name.StartsWith("author", StringComparison.Ordinal) ? await api.CreateAuthorAsync(name) : await api.CreateBookAsync(name, author);
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>($"select count(*) from authors where id = '{gone}'") == 0, "the cascade is through");

        var sound = await Audit.RunAsync(api, pageSize: 3);
        sound.Findings.ShouldBeEmpty();
        sound.Resources.ShouldBe(ids.Count + 3);
        sound.Events.ShouldBe(ids.Count + 5);
        sound.Operations.ShouldBe(ids.Count + 4);
        sound.Summary.GetProperty("lastPosition").GetInt64().ShouldBe(await service.ScalarAsync<long>("select max(seq_id) from mt_events"));

        foreach (var (name, (_, sql)) in Spoilings) await service.ScalarAsync<object>(sql.Replace("$id", $"'{ids[name]}'", StringComparison.Ordinal));
        var orphan = Guid.CreateVersion7();
        await service.ScalarAsync<object>($"insert into authors (id, state, heading, name_key, search, version, position) values ('{orphan}', '{{}}', 'From nowhere', 'from nowhere', '', 1, 1)");

        var spoilt = await Audit.RunAsync(api, pageSize: 3);
        var found = spoilt.Findings.ToLookup(finding => finding.Id, finding => finding.Kind);
        foreach (var (name, (kind, _)) in Spoilings) found[ids[name]].ShouldContain(kind, name);
        found[orphan].ShouldBe(["orphaned"]);
        found[author].ShouldBeEmpty();
    }

    [Fact]
    public async Task A_relay_ahead_of_the_events_and_an_operation_without_its_event_are_found()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, worker) = await service.StartAsync();
        var operation = (await api.PostAsync("/v1/authors", new { name = "Undone" })).Is(HttpStatusCode.Accepted).Id;
        await api.OutcomeAsync(operation);
        worker.Kill();
        await service.ScalarAsync<object>("update operations set version = 2");
        await service.ScalarAsync<object>("update relay_position set position = 1000");
        var misnamed = await Audit.RunAsync(api);
        misnamed.Findings.Select(Told).ShouldBe([("drifted", "operation", operation), ("lost", "relay", (Guid?)null)], ignoreOrder: true);
        await service.ScalarAsync<object>("update mt_events set headers = '{}'");
        (await Audit.RunAsync(api)).Findings.Select(Told).ShouldContain(("lost", "operation", operation));
    }

    [Fact]
    public async Task A_deletion_whose_cascade_is_not_through_is_pending_and_no_fault()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, worker) = await service.StartAsync();
        var author = await api.CreateAuthorAsync("Deleted");
        await api.CreateBookAsync("To follow", author);
        // As the writer leaves it, before any page of the cascade.
        await service.ScalarAsync<object>("create function wait() returns trigger language plpgsql as $$ begin raise exception 'not yet' using errcode = '55000'; end $$");
        await service.ScalarAsync<object>("create trigger wait before insert on cascaded_books for each statement execute function wait()");
        (await api.DeleteAsync($"/v1/authors/{author}", Requests.Wait)).Is(HttpStatusCode.NoContent);

        var pending = await Audit.RunAsync(api);
        pending.Findings.ShouldBeEmpty();
        pending.Pending.ShouldBe(1);
        pending.Summary.GetProperty("deletions").GetInt64().ShouldBe(1);
        worker.Kill();
    }

    [Fact]
    public async Task An_audit_since_a_position_finds_what_was_spoilt_behind_it_and_does_not_look_at_what_lies_before()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, worker) = await service.StartAsync();
        var before = await api.CreateAuthorAsync("Spoilt before");
        var since = (await Audit.RunAsync(api)).Position;
        var author = await api.CreateAuthorAsync("Named by books");
        var ids = new Dictionary<string, Guid>();
        foreach (var name in Spoilings.Keys)
            ids[name] = name.StartsWith("author", StringComparison.Ordinal) ? await api.CreateAuthorAsync(name) : await api.CreateBookAsync(name, author);
        // Decided without an event of its own.
        (await api.PostAsync("/v1/books", new { title = "Of nobody", authorIds = new[] { Guid.CreateVersion7() } }, Requests.Wait)).Is(HttpStatusCode.UnprocessableEntity);
        worker.Kill();

        var sound = await Audit.RunAsync(api, pageSize: 4, since);
        sound.Findings.ShouldBeEmpty();
        (sound.Resources, sound.Events, sound.Operations).ShouldBe((ids.Count + 1, ids.Count + 1, ids.Count + 3));
        sound.Position.ShouldBe(await service.ScalarAsync<long>("select max(seq_id) from mt_events"));
        (await Audit.RunAsync(api, since: sound.Position)).Resources.ShouldBe(0);

        await service.ScalarAsync<object>($"update authors set state = (state::jsonb || '{{\"name\": \"Other\"}}')::json where id = '{before}'");
        foreach (var (name, (_, sql)) in Spoilings) await service.ScalarAsync<object>(sql.Replace("$id", $"'{ids[name]}'", StringComparison.Ordinal));
        await service.ScalarAsync<object>($"update operations set version = 2 where resource_id = '{author}'");
        await service.ScalarAsync<object>("update operations set problem = null where effect is null");

        foreach (var pageSize in (int[])[1, 4, 500])
        {
            var found = (await Audit.RunAsync(api, pageSize, since)).Findings.ToLookup(finding => finding.Id, finding => finding.Kind);
            foreach (var (name, (kind, _)) in Spoilings) found[ids[name]].ShouldContain(kind, name);
            found.Count.ShouldBe(ids.Count + 2, "each of them, the operation without a problem, and the one that names another version");
            found.Contains(before).ShouldBeFalse();
        }

        (await Audit.RunAsync(api)).Findings.Select(Told).ShouldContain(("drifted", "author", before));
    }

    [Fact]
    public async Task What_an_audit_cannot_begin_with_is_a_problem_that_names_the_parameter()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        await api.CreateAuthorAsync("Only one");
        foreach (var since in (string[])["-1", "", "now", "1.5", "2", "99999999999999999999"]) await IsWrongAsync($"since={since}", "since");
        await IsWrongAsync("since=1&after=x", "after");
        var cursor = (await api.GetAsync("/v1/audit?limit=1")).Is(HttpStatusCode.OK).Body.GetProperty("next").GetString();
        await IsWrongAsync($"since=1&after={cursor}", "after");

        async Task IsWrongAsync(string query, string parameter)
        {
            var answer = (await api.GetAsync($"/v1/audit?{query}")).Is(HttpStatusCode.BadRequest);
            answer.Header("Content-Type")!.ShouldStartWith("application/problem+json");
            answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([parameter]);
        }
    }

    private static (string Kind, string Resource, Guid? Id) Told(AuditFinding finding) => (finding.Kind, finding.Resource, finding.Id);

    /// <summary>What is done to a resource, and the kind of finding that must come of it.</summary>
    private static readonly Dictionary<string, (string Kind, string Sql)> Spoilings = new()
    {
        ["author row gone"] = ("lost", "delete from authors where id = $id"),
        ["author document gone"] = ("lost", "delete from mt_doc_author where id = $id"),
        ["author event gone"] = ("lost", "update mt_streams set version = 2 where id = $id"),
        ["author outcome gone"] = ("lost", "delete from operations where resource_id = $id"),
        ["author renamed"] = ("drifted", "update authors set state = (state::jsonb || '{\"name\": \"Other\"}')::json where id = $id"),
        ["author version raised"] = ("drifted", "update authors set version = 7 where id = $id"),
        ["author marked"] = ("drifted", "update authors set deleted_at_position = position where id = $id"),
        ["author document changed"] = ("drifted", "update mt_doc_author set data = jsonb_set(data, '{state,bio}', '\"Added\"') where id = $id"),
        ["book retitled"] = ("drifted", "update books set state = (state::jsonb || '{\"title\": \"Other\"}')::json where id = $id"),
        ["book unlinked"] = ("drifted", "delete from book_authors where book_id = $id"),
        ["book link too young"] = ("drifted", "update book_authors set since = 1000000 where book_id = $id"),
        ["book document changed"] = ("drifted", "update mt_doc_book set data = jsonb_set(data, '{state,authorIds}', '[]') where id = $id"),
        ["book row gone"] = ("lost", "delete from books where id = $id"),
        ["book applied twice"] = ("duplicated", """
            with copied as (insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)
              select nextval('mt_events_sequence'), gen_random_uuid(), stream_id, 2, data, type, timestamp, tenant_id, mt_dotnet_type, headers, false from mt_events where stream_id = $id
              returning seq_id)
            update mt_streams set version = 2 where id = $id
            """),
        ["book deleted but for its row"] = ("orphaned", "update mt_events set type = 'book_deleted' where stream_id = $id"),
    };
}
