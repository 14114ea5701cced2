using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>What an upload may not do to the service.</summary>
public sealed class ImportLimitTests(TestServers servers) : IAsyncLifetime
{
    private LibraryService _service = null!;
    private HostProcess _api = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await LibraryService.CreateAsync(servers);
        _service["Library__Imports__RefusedKept"] = "100";
        _service["Library__Imports__Silence"] = "00:00:02";
        (_api, _) = await _service.StartAsync();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_file_of_nothing_but_bad_lines_ends_with_one_reason()
    {
        var answer = await _api.ImportAsync(string.Concat(Enumerable.Repeat("no JSON\n", 1000)));
        answer.Is(HttpStatusCode.UnprocessableEntity).Problem.ShouldBe("all-refused");
        (await _service.ScalarAsync<string>("select status || ' ' || (problem->>'type') from imports")).ShouldBe("failed /problems#all-refused");
        await Eventually.HoldsAsync(async () => await _service.ScalarAsync<long>("select count(*) from import_records") == 0, "nothing of it is kept");
    }

    [Fact]
    public async Task Bad_lines_past_the_number_that_is_kept_are_only_counted()
    {
        var import = await _api.ImportAsync(Imports.File(3) + string.Concat(Enumerable.Repeat("no JSON\n", 1000)));
        (await _api.EndOfImportAsync(import)).ShouldBe("succeeded 3/0/1000");
        (await _api.RefusedAsync(import.Id)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task Gzip_that_stands_for_too_much_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var blanks = new byte[1024 * 1024];
            Array.Fill(blanks, (byte)' ');
            for (var i = 0; i < 80; i++) await gzip.WriteAsync(blanks, TestContext.Current.CancellationToken);
        }

        var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        (await _api.ImportAsync(body)).Is(HttpStatusCode.RequestEntityTooLarge).Problem.ShouldBe("expands-too-far");
    }

    [Fact]
    public async Task A_silent_upload_is_cut_off_and_holds_no_transaction_meanwhile()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_api.Url.Host, _api.Url.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        // A client of the framework would not look for an answer before it has sent all.
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes("POST /v1/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n" + Imports.File(600)), TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(async () => await _service.ScalarAsync<string>("select status from imports") == "receiving", "it is being received");
        (await _service.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'")).ShouldBe(0);
        var answer = new byte[15];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
        Encoding.ASCII.GetString(answer).ShouldBe("HTTP/1.1 408 Re");
        (await _service.ScalarAsync<string>("select status from imports")).ShouldBe("failed");
    }

    [Fact]
    public async Task A_hundred_imports_make_no_relation()
    {
        var before = await _service.ScalarAsync<long>("select count(*) from pg_class");
        for (var i = 0; i < 100; i++) (await _api.ImportAsync($$"""{"type":"author","key":"k{{i}}","name":"N"}""")).Is(HttpStatusCode.Accepted);
        (await _service.ScalarAsync<long>("select count(*) from pg_class")).ShouldBe(before);
    }
}
