using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Two API instances that ask for keys, and a worker.</summary>
public sealed class AccessTests(TestServers servers) : IAsyncLifetime
{
    private LibraryService _service = null!;
    private HostProcess _api = null!;
    private HostProcess _other = null!;
    private string _admin = "";

    public async ValueTask InitializeAsync()
    {
        _service = await LibraryService.CreateAsync(servers);
        var worker = _service.StartWorker();
        await worker.WhenReadyAsync();
        _admin = await MakeFirstKeyAsync();
        _service["Library__Auth__Mode"] = "ApiKey";
        (_api, _other) = (_service.StartApi(), _service.StartApi());
        await Task.WhenAll(_api.WhenReadyAsync(), _other.WhenReadyAsync());
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_key_is_made_used_noted_and_ends_on_every_instance_within_five_seconds_of_its_revocation()
    {
        (await _api.GetAsync("/v1/authors")).Is(HttpStatusCode.Unauthorized);
        var made = (await _api.PostAsync("/v1/api-keys", new { name = "reader", scopes = new[] { "catalog:read" } }, Key(_admin))).Is(HttpStatusCode.Created);
        var key = made.Body.GetProperty("key").GetString()!;
        foreach (var api in (HostProcess[])[_api, _other]) (await api.GetAsync("/v1/authors", Key(key))).Is(HttpStatusCode.OK);
        (await _api.PostAsync("/v1/authors", new { name = "No" }, Key(key))).Is(HttpStatusCode.Forbidden);
        await Eventually.HoldsAsync(async () => (await RowAsync(made.Id)).TryGetProperty("lastUsedAt", out _), "the use is noted");
        (await RowAsync(made.Id)).TryGetProperty("key", out _).ShouldBeFalse();
        (await _service.ScalarAsync<long>($"select count(*) from api_keys where api_keys::text like '%{key[20..40]}%'")).ShouldBe(0);

        (await _api.DeleteAsync($"/v1/api-keys/{made.Id}", Key(_admin))).Is(HttpStatusCode.NoContent);
        var revoked = Stopwatch.GetTimestamp();
        (await _api.GetAsync("/v1/authors", Key(key))).Is(HttpStatusCode.Unauthorized);
        await Eventually.HoldsAsync(async () => (await _other.GetAsync("/v1/authors", Key(key))).Status == HttpStatusCode.Unauthorized, "the other instance heard of it");
        Stopwatch.GetElapsedTime(revoked).ShouldBeLessThan(TimeSpan.FromSeconds(5.5));
        (await _api.DeleteAsync($"/v1/api-keys/{made.Id}", Key(_admin))).Is(HttpStatusCode.NoContent);
        (await _api.DeleteAsync($"/v1/api-keys/{Guid.CreateVersion7()}", Key(_admin))).Is(HttpStatusCode.NotFound);
        foreach (var secret in (string[])[key, _admin, LibraryService.OperationsSecret]) (_api.Output + _other.Output).ShouldNotContain(secret);
    }

    [Fact]
    public async Task What_a_caller_makes_is_its_own_and_its_events_name_it()
    {
        var (ann, bob) = (await KeyAsync("ann"), await KeyAsync("bob"));
        var command = (await _api.PostAsync("/v1/authors", new { name = "Ann" }, Key(ann), ("Idempotency-Key", "same"))).Is(HttpStatusCode.Accepted);
        var operation = command.Header("Operation-Location")!;
        await Eventually.HoldsAsync(async () => (await _other.GetAsync(operation, Key(ann))).Is(HttpStatusCode.OK).Body.GetProperty("status").GetString() == "succeeded", "it is decided");
        (await _other.GetAsync(operation, Key(bob))).Is(HttpStatusCode.NotFound);
        (await _other.GetAsync(operation, Key(_admin))).Is(HttpStatusCode.OK);

        // Another's key is another key: the same text stands for a request of its own.
        var others = (await _other.PostAsync("/v1/authors", new { name = "Bob" }, Key(bob), ("Idempotency-Key", "same"))).Is(HttpStatusCode.Accepted);
        others.Header("Operation-Location").ShouldNotBe(operation);

        var history = (await _api.GetAsync($"/v1/authors/{command.ResourceId}/history", Key(_admin))).Is(HttpStatusCode.OK).Body.GetProperty("items");
        history[0].GetProperty("actor").GetString().ShouldBe("ann");
        var events = (await _api.GetAsync("/v1/events?after=0", Key(_admin))).Is(HttpStatusCode.OK).Body.GetProperty("items");
        events.EnumerateArray().Select(item => item.GetProperty("data").GetProperty("actor").GetString()).ShouldContain("ann");
    }

    [Fact]
    public async Task An_import_is_its_callers()
    {
        var (ann, bob) = (await KeyAsync("ann"), await KeyAsync("bob"));
        _api.Http.DefaultRequestHeaders.Authorization = new("Bearer", ann);
        var import = await _api.ImportAsync(Imports.File(30));
        (await _api.EndOfImportAsync(import)).ShouldStartWith("succeeded");
        _api.Http.DefaultRequestHeaders.Authorization = null;
        var path = $"/v1/imports/{import.Id}";
        foreach (var part in (string[])["", "/progress", "/refused"]) (await _other.GetAsync(path + part, Key(bob))).Is(HttpStatusCode.NotFound);
        foreach (var verb in (string[])["pause", "resume", "cancel", "undo"]) (await _other.PostAsync($"{path}/{verb}", null, Key(bob))).Is(HttpStatusCode.NotFound);
        (await _other.GetAsync("/v1/imports", Key(bob))).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await _other.GetAsync("/v1/imports", Key(ann))).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await _other.GetAsync(path, Key(_admin))).Is(HttpStatusCode.OK);
        var events = (await _api.GetAsync("/v1/events?after=0&limit=500", Key(_admin))).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToList();
        events.Count.ShouldBeGreaterThan(30);
        events.ShouldAllBe(item => item.GetProperty("data").GetProperty("actor").GetString() == "ann");
    }

    private static (string, string) Key(string key) => ("Authorization", "Bearer " + key);

    private async Task<string> KeyAsync(string name) => (await _api.PostAsync(
        "/v1/api-keys", new { name, scopes = new[] { "catalog:write", "catalog:read", "imports:write" } }, Key(_admin))).Is(HttpStatusCode.Created).Body.GetProperty("key").GetString()!;

    private async Task<JsonElement> RowAsync(Guid id) => (await _api.GetAsync("/v1/api-keys", Key(_admin))).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
        .Single(item => item.GetProperty("id").GetGuid() == id);

    private async Task<string> MakeFirstKeyAsync()
    {
        var folder = HostProcess.Built("Library.Api");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(folder, "Library.Api.dll"), "--create-key", "root", "--scopes", "admin"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["Library__Postgres__ConnectionString"] = _service.Postgres },
        })!;
        var key = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        return key.Trim();
    }
}
