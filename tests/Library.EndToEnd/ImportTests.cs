using System.IO.Compression;
using System.Net;
using System.Text;
using Library.EndToEnd.ImportKills;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Bulk ingestion and export, on real processes.</summary>
public sealed class ImportTests(TestServers servers) : IAsyncLifetime
{
    private LibraryService _service = null!;
    private HostProcess _api = null!;
    private HostProcess _worker = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await LibraryService.CreateAsync(servers);
        (_api, _worker) = await _service.StartAsync();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("?format=ndjson", "application/x-ndjson")]
    [InlineData("?format=csv", "text/csv")]
    public async Task A_catalog_goes_in_out_and_in_again_and_is_the_same_to_the_byte(string format, string type)
    {
        // A catalog of one's own, without bad or repeated lines: LIBRARY_CATALOG=FILE.
        var file = Environment.GetEnvironmentVariable("LIBRARY_CATALOG") is { Length: > 0 } path ? await File.ReadAllTextAsync(path) : Imports.File(3_000);
        var records = file.Count(c => c == '\n');
        await using var recorder = await EventRecorder.StartAsync(_service);
        (await _api.EndOfImportAsync(await _api.ImportAsync(file))).ShouldBe($"succeeded {records}/0/0");
        var export = await _api.ExportAsync(format);
        await recorder.UntilAsync(_ => recorder.FirstDeliveries.Count == records + 1, "every record has its event, and the import its own");
        recorder.FirstDeliveries[^1].Type.ShouldBe("ImportCompleted");
        foreach (var (before, after) in recorder.FirstDeliveries.Zip(recorder.FirstDeliveries.Skip(1))) after.PreviousPosition.ShouldBe(before.Position);

        (await _api.EndOfImportAsync(await _api.ImportAsync(file))).ShouldBe($"succeeded 0/{records}/0");
        (await _api.EndOfImportAsync(await _api.ImportAsync(export, type: type))).ShouldBe($"succeeded 0/{records}/0");
        (await _service.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(records + 1);

        await using var other = await LibraryService.CreateAsync(servers);
        var (empty, _) = await other.StartAsync();
        (await empty.EndOfImportAsync(await empty.ImportAsync(export, type: type))).ShouldBe($"succeeded {records}/0/0");
        (await empty.ExportAsync(format)).ShouldBe(export);
    }

    [Fact]
    public async Task A_worker_that_is_killed_again_and_again_leaves_the_same_catalog()
    {
        const int Records = 12_000;
        // Slow enough to be killed on the way.
        await _service.ScalarAsync<object>("create function hold() returns trigger language plpgsql as $$ begin perform pg_sleep(0.1); return null; end $$; create trigger hold after insert on mt_events for each statement execute function hold()");
        var accepted = await _api.ImportAsync(Imports.File(Records));
        for (var kill = 1; kill <= 3; kill++)
        {
            await Eventually.HoldsAsync(async () => await _service.ScalarAsync<long>("select count(*) from mt_events") >= kill * 2_000, "the import goes on");
            _worker.Kill();
            _worker = _service.StartWorker();
        }

        var single = await _api.PostAsync("/v1/authors", new { name = "Slips in" }, Requests.Wait);
        single.Is(HttpStatusCode.Created);
        (await _api.EndOfImportAsync(accepted)).ShouldBe($"succeeded {Records}/0/0");
        (await _service.ScalarAsync<long>("select count(*) from mt_events where headers ? 'importId'")).ShouldBe(Records + 1);
        (await _service.ScalarAsync<long>("select count(*) from (select from authors where version = 1 union all select from books where version = 1) v")).ShouldBe(Records + 1);
        (await Audit.RunAsync(_api)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_bad_line_is_named_and_the_good_ones_go_in()
    {
        var lines = new List<byte[]>();
        void Add(string line) => lines.Add(Encoding.UTF8.GetBytes(line));
        Add("""{"type":"book","key":"b1","title":"Before its author","authorKeys":["a1"]}""");
        Add("""{"type":"author","key":"a1","name":"First, then superseded"}""");
        Add("""{"type":"author","key":"a1",""");
        Add("""{"type":"author","key":"a2","name":42}""");
        Add("""{"type":"book","key":"b2","title":"Of nobody","authorKeys":["nobody"]}""");
        Add("""{"type":"author","key":"a3","name":"N\u0000UL"}""");
        Add($$"""{"type":"author","key":"a4","name":"Large","bio":"{{new string('x', 10_000_000)}}"}""");
        lines.Add([.. "{\"type\":\"author\",\"key\":\"a5\",\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        Add("");
        Add("""{"type":"author","key":"a6","nane":"Typing error"}""");
        Add("""{"type":"author","key":"a1","name":"Wins"}""");
        using var body = new ByteArrayContent([.. lines.SelectMany(line => line.Append((byte)'\n'))]);

        var accepted = await _api.ImportAsync(body);
        (await _api.EndOfImportAsync(accepted)).ShouldBe("succeeded 2/0/8");

        var refused = await _api.RefusedAsync(accepted.Id);
        refused.Select(record => (record.Line, record.Kind)).ShouldBe(
            [(2, "superseded"), (3, "malformed"), (4, "malformed"), (5, "unknown-author"), (6, "invalid"), (7, "record-too-large"), (8, "malformed"), (10, "malformed")]);
        (await _api.GetAsync($"/v1/imports/{accepted.Id}")).Body.GetProperty("refusedUrl").GetString().ShouldBe($"/v1/imports/{accepted.Id}/refused");
        refused[3].Record.GetProperty("title").GetString().ShouldBe("Of nobody");
        (await _api.ExportAsync("?type=author")).ShouldContain("\"Wins\"");

        // Mended, and sent again as they came out.
        var mended = refused[3].Record.GetRawText().Replace("nobody", "a1", StringComparison.Ordinal);
        var good = await _api.ImportAsync(mended);
        (await _api.EndOfImportAsync(good)).ShouldBe("succeeded 1/0/0");
        (await _api.GetAsync($"/v1/imports/{good.Id}")).Body.TryGetProperty("refusedUrl", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_upload_that_breaks_off_applies_nothing_and_its_key_starts_it_over()
    {
        var file = Imports.File(600);
        var body = new Imports.BrokenBody(file[..(file.Length / 2)], () => Eventually.HoldsAsync(
            async () => await _service.ScalarAsync<string>("select status from imports") == "receiving", "the upload is under way"));
        await Should.ThrowAsync<HttpRequestException>(_api.ImportAsync(body, key: "load"));
        await Eventually.HoldsAsync(async () => await _service.ScalarAsync<string>("select status from imports") == "failed", "the import has failed");
        await Eventually.HoldsAsync(async () => await _service.ScalarAsync<long>("select count(*) from import_records") == 0, "nothing is left of it");

        var accepted = await _api.ImportAsync(file, key: "load");
        (await _api.EndOfImportAsync(accepted)).ShouldBe("succeeded 600/0/0");
        (await _api.ImportAsync(file, key: "load")).Is(HttpStatusCode.Accepted).Id.ShouldBe(accepted.Id);
        (await _api.ImportAsync(file + "\n", key: "load")).Is(HttpStatusCode.UnprocessableEntity).Problem.ShouldBe("idempotency-key-reused");
        (await _service.ScalarAsync<long>("select count(*) from imports")).ShouldBe(1);
    }

    [Fact]
    public async Task Gzip_is_unpacked_and_half_of_it_is_refused()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes(Imports.File(300)));

        (await _api.EndOfImportAsync(await _api.ImportAsync(Packed(packed.ToArray())))).ShouldBe("succeeded 300/0/0");
        (await _api.ImportAsync(Packed(packed.ToArray()[..^100]))).Is(HttpStatusCode.BadRequest).Problem.ShouldBe("malformed");
        (await _api.ImportAsync(Packed(Encoding.UTF8.GetBytes(Imports.File(3))))).Is(HttpStatusCode.BadRequest).Problem.ShouldBe("malformed");
        // Where all records are there, and only the check sum behind them is not.
        for (var missing = 1; missing <= 9; missing++) (await _api.ImportAsync(Packed(packed.ToArray()[..^missing]))).Is(HttpStatusCode.BadRequest).Problem.ShouldBe("malformed");

        static ByteArrayContent Packed(byte[] bytes)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentEncoding.Add("gzip");
            return content;
        }
    }

    [Fact]
    public async Task A_file_of_a_spreadsheet_goes_in_as_it_is_and_JSON_that_is_no_NDJSON_is_refused_as_a_whole()
    {
        const string Table = "TYPE;Key; Name ;title;AuthorKeys;;\r\nauthor;a1;Łódź;;;;\r\nbook;b1;;Tales;a1;;\r\n";
        (await _api.EndOfImportAsync(await _api.ImportAsync(Table, type: "text/csv"))).ShouldBe("succeeded 2/0/0");
        var tabs = Table.Replace(';', '\t');
        var utf16 = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(tabs)).ToArray();
        (await _api.EndOfImportAsync(await _api.ImportAsync(new ByteArrayContent(utf16), type: "text/tab-separated-values"))).ShouldBe("succeeded 0/2/0");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) await gzip.WriteAsync(utf16);
        (await _api.EndOfImportAsync(await _api.ImportAsync(new ByteArrayContent(packed.ToArray()), type: "application/gzip"))).ShouldBe("succeeded 0/2/0");

        foreach (var file in (string[])["[{\"type\":\"author\"}]", "[\n{\"type\":\"author\"}\n]", "{\n  \"type\": \"author\"\n}"])
        {
            var answer = (await _api.ImportAsync(file, type: "application/jsonl")).Is(HttpStatusCode.BadRequest);
            answer.Body.GetProperty("detail").GetString()!.ShouldContain("one record a line");
        }

        (await _service.ScalarAsync<long>("select count(*) from imports where status = 'failed' and problem->>'detail' like '%one record a line%'")).ShouldBe(3);
    }

    [Fact]
    public async Task An_import_can_be_followed_listed_tried_out_and_taken_back()
    {
        const int Records = 900;
        var dry = await _api.ImportAsync(Imports.File(Records), "?dryRun=true");
        (await _api.EndOfImportAsync(dry)).ShouldBe($"succeeded {Records}/0/0");
        (await _api.ExportAsync()).ShouldBeEmpty();
        (await _api.PostAsync($"/v1/imports/{dry.Id}/undo")).Is(HttpStatusCode.Conflict).Problem.ShouldBe("import-state");

        var accepted = await _api.ImportAsync(Imports.File(Records));
        var progress = await _api.Http.GetStringAsync(new Uri($"/v1/imports/{accepted.Id}/progress", UriKind.Relative));
        progress.ShouldStartWith("event: progress\ndata: {");
        progress.ShouldContain("\"status\":\"succeeded\"");

        (await _api.PostAsync($"/v1/imports/{accepted.Id}/pause")).Is(HttpStatusCode.Conflict).Problem.ShouldBe("import-state");
        (await _api.PostAsync($"/v1/imports/{accepted.Id}/undo")).Is(HttpStatusCode.OK);
        await Eventually.HoldsAsync(
            async () => (await _api.GetAsync($"/v1/imports/{accepted.Id}")).Body.GetProperty("undo").GetProperty("status").GetString() == "succeeded", "the import is undone");
        (await _api.GetAsync($"/v1/imports/{accepted.Id}")).Body.GetProperty("undo").GetProperty("undone").GetInt64().ShouldBe(Records);
        (await _api.ExportAsync()).ShouldBeEmpty();

        var page = (await _api.GetAsync("/v1/imports?limit=1")).Is(HttpStatusCode.OK);
        page.Body.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(accepted.Id);
        var next = page.Header("Link")!.Split('<', '>')[1];
        (await _api.GetAsync(next)).Body.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(dry.Id);
    }

    [Fact]
    public async Task A_paused_import_waits_and_a_cancelled_one_ends()
    {
        await _service.ScalarAsync<object>("create function hold() returns trigger language plpgsql as $$ begin perform pg_sleep(0.3); return null; end $$; create trigger hold after insert on mt_events for each statement execute function hold()");
        var accepted = await _api.ImportAsync(Imports.File(6_000));
        var progress = _api.Http.GetStringAsync(new Uri($"/v1/imports/{accepted.Id}/progress", UriKind.Relative));
        await Eventually.HoldsAsync(async () => await _service.ScalarAsync<long>("select count(*) from mt_events") > 0, "a chunk is applied");

        (await _api.PostAsync($"/v1/imports/{accepted.Id}/pause")).Is(HttpStatusCode.OK).Body.GetProperty("status").GetString().ShouldBe("paused");
        var applied = (await _api.GetAsync($"/v1/imports/{accepted.Id}")).Body.GetProperty("applied").GetInt64();
        applied.ShouldBe(await _service.ScalarAsync<long>("select count(*) from mt_events"));
        applied.ShouldBeLessThan(6_000);

        (await _api.PostAsync($"/v1/imports/{accepted.Id}/resume")).Is(HttpStatusCode.OK);
        await Eventually.HoldsAsync(async () => await _service.ScalarAsync<long>("select count(*) from mt_events") > applied, "it goes on");
        (await _api.PostAsync($"/v1/imports/{accepted.Id}/cancel")).Is(HttpStatusCode.OK);
        (await _api.EndOfImportAsync(accepted)).ShouldStartWith("cancelled ");
        (await _api.PostAsync($"/v1/imports/{accepted.Id}/resume")).Is(HttpStatusCode.Conflict);
        // The stream has told all the while, and ends with the import.
        (await progress.WaitAsync(Eventually.Deadline)).Trim().Split("\n\n")[^1].ShouldContain("\"status\":\"cancelled\"");
    }

    [Fact]
    public async Task A_command_waits_for_one_chunk_of_an_import_at_most_and_a_second_import_for_the_end_or_a_pause_of_the_first()
    {
        const int Records = 15_000;
        await using var gate = new EventGate(_service);
        await gate.InstallAsync();
        await gate.CloseAtAsync(1_500);
        var first = await _api.ImportAsync(Imports.File(Records));
        await gate.UntilReachedAsync(Eventually.Deadline);

        var command = (await _api.PostAsync("/v1/authors", new { name = "Between two chunks" })).Is(HttpStatusCode.Accepted);
        await Eventually.HoldsAsync(() => _service.ScalarAsync<bool>("select count(*) >= 2 from pg_locks l join pg_database d on d.oid = l.database where datname = current_database() and locktype = 'advisory' and not granted"), "the command waits for the chunk");
        // So far that at least one chunk comes in between.
        await gate.CloseAtAsync(8_000);
        await gate.UntilReachedAsync(Eventually.Deadline);
        (await _api.GetAsync($"/v1/operations/{command.Id}")).Body.GetProperty("status").GetString().ShouldBe("succeeded");
        var during = await _service.ScalarAsync<double>($"select etaseconds from (select (total - applied) / records_per_second as etaseconds from imports where id = '{first.Id}') i");
        (await _api.GetAsync($"/v1/imports/{first.Id}")).Body.GetProperty("etaSeconds").GetDouble().ShouldBe(during, 0.1);

        var second = await _api.ImportAsync("""{"type":"author","key":"second","name":"Second"}""");
        var pause = _api.PostAsync($"/v1/imports/{first.Id}/pause");
        await Eventually.HoldsAsync(() => _service.ScalarAsync<bool>("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%paused%')"), "the pause waits for the chunk");
        await gate.CloseAtAsync(long.MaxValue);
        (await pause).Is(HttpStatusCode.OK);
        (await _api.EndOfImportAsync(second)).ShouldBe("succeeded 1/0/0");
        (await _api.GetAsync($"/v1/imports/{first.Id}")).Body.GetProperty("status").GetString().ShouldBe("paused");
        (await _api.PostAsync($"/v1/imports/{first.Id}/resume")).Is(HttpStatusCode.OK);
        (await _api.EndOfImportAsync(first)).ShouldBe($"succeeded {Records}/0/0");
    }

    [Fact]
    public async Task Slow_uploads_leave_connections_for_others()
    {
        _service["Library__Imports__MaxTransfers"] = "1";
        var api = _service.StartApi();
        await api.WhenReadyAsync();
        var file = Imports.File(30);
        var slow = await api.ImportAsync(new PausedBody(Encoding.UTF8.GetBytes(file), 100, async () =>
        {
            await Eventually.HoldsAsync(() => _service.ScalarAsync<bool>("select exists (select from imports where status = 'receiving')"), "the slow upload has its place");
            (await api.ImportAsync(file)).Is(HttpStatusCode.ServiceUnavailable).Problem.ShouldBe("too-many-transfers");
            (await api.GetAsync("/v1/export")).Is(HttpStatusCode.ServiceUnavailable).Header("Retry-After").ShouldNotBeNull();
        }));
        (await api.EndOfImportAsync(slow)).ShouldBe("succeeded 30/0/0");
        (await api.ExportAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_worker_sees_to_what_was_left_behind()
    {
        var done = await _api.ImportAsync(Imports.File(30) + "no JSON", key: "once");
        (await _api.EndOfImportAsync(done)).ShouldBe("succeeded 30/0/1");
        var unannounced = await _api.ImportAsync(Imports.File(30), "?dryRun=true");
        await _api.EndOfImportAsync(unannounced);
        _worker.Kill();
        var dead = Guid.CreateVersion7();
        await _service.ScalarAsync<object>($"update imports set completed_at = completed_at - interval '31 days' where id = '{done.Id}'");
        await _service.ScalarAsync<object>($"update imports set status = 'running', completed_at = null, cursor_kind = 1, cursor_line = 0, unchanged = 0, updated_at = now() - interval '1 hour' where id = '{unannounced.Id}'");
        await _service.ScalarAsync<object>($"insert into imports (id, caller, idempotency_key, dry_run, status, received, bytes, started_at, updated_at) values ('{dead}', '', 'dead', false, 'receiving', 7, 70, now(), now() - interval '1 hour')");

        _worker = _service.StartWorker();
        (await _api.EndOfImportAsync(unannounced)).ShouldBe("succeeded 0/30/0");
        await Eventually.HoldsAsync(async () => (await _api.GetAsync($"/v1/imports/{dead}")).Body.GetProperty("status").GetString() == "failed", "the dead upload has failed");
        await Eventually.HoldsAsync(async () => (await _api.GetAsync($"/v1/imports/{done.Id}/refused")).Status == HttpStatusCode.Gone, "its records are gone");
        (await _api.PostAsync($"/v1/imports/{done.Id}/undo")).Is(HttpStatusCode.Gone).Problem.ShouldBe("records-gone");
        (await _api.GetAsync($"/v1/imports/{done.Id}")).Is(HttpStatusCode.OK).Body.GetProperty("refused").GetInt64().ShouldBe(1);
        // Past its day the key stands for nothing any more.
        (await _api.ImportAsync(Imports.File(3), key: "once")).Is(HttpStatusCode.Accepted).Id.ShouldNotBe(done.Id);
    }
}
