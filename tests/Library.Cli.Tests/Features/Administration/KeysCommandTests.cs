using Library.Cli.Infrastructure.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Library.Cli.Tests.Features.Administration;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeysCommandTests : IDisposable
{
    private const string Id = "0199a2f0-7c1b-7e4a-9a55-0d8f3c5b6e21";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("library-home-");

    private string Config => Path.Combine(_home.FullName, ".config", "library", "config");

    [Fact]
    public async Task A_new_key_is_alone_on_standard_output()
    {
        string? body = null;
        await using var service = await FakeService.StartAsync(app => app.MapPost("/v1/api-keys", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            body = await reader.ReadToEndAsync();
            return FakeAnswers.Json($$"""{"id":"{{Id}}","key":"lib_new"}""", 201);
        }));
        (await service.RunAsync("keys", "create", "loader", "--scopes", "imports:write", "catalog:read", "--expires", "2031-01-31T12:00:00Z")).ShouldBe(new Run(0, "lib_new\n", ""));
        body.ShouldBe("""{"name":"loader","scopes":["imports:write","catalog:read"],"expiresAt":"2031-01-31T12:00:00Z"}""");
    }

    [Fact]
    public async Task Keys_are_listed_and_revoked()
    {
        var revoked = "";
        await using var service = await FakeService.StartAsync(app =>
        {
            app.MapGet("/v1/api-keys", () => FakeAnswers.Json($$"""{"items":[{"id":"{{Id}}","name":"loader","prefix":"lib_abcdefgh","scopes":["admin","events:read"]}]}"""));
            app.MapDelete("/v1/api-keys/{id}", (string id) =>
            {
                revoked = id;
                return Results.NoContent();
            });
        });
        (await service.RunAsync("keys", "list")).Out.ShouldBe($"{Id}\tlib_abcdefgh\tloader\tadmin events:read\t\t\t\n");
        (await service.RunAsync("keys", "revoke", Id)).Code.ShouldBe(ExitCodes.Ok);
        revoked.ShouldBe(Id);
    }

    [Fact]
    public async Task A_saved_key_is_used_from_then_on_and_readable_by_its_owner_alone()
    {
        var seen = new List<string?>();
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/imports", (HttpContext http) =>
        {
            seen.Add(http.Request.Headers.Authorization);
            return FakeAnswers.Json("""{"items":[]}""");
        }));
        var variables = new Dictionary<string, string> { ["HOME"] = _home.FullName };
        (await Run.OfAsync(["keys", "save", "--url", service.Url], variables, "lib_saved\n")).Code.ShouldBe(0);
        File.GetUnixFileMode(Config).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Run.OfAsync(["imports"], variables)).Code.ShouldBe(0);
        (await Run.OfAsync(["imports"], new Dictionary<string, string>(variables) { ["LIBRARY_KEY"] = "lib_now" })).Code.ShouldBe(0);
        seen.ShouldBe(["Bearer lib_saved", "Bearer lib_now"]);
    }

    [Fact]
    public async Task A_config_file_that_others_may_read_is_not_used()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Config)!);
        await File.WriteAllTextAsync(Config, "key=lib_open\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Config, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var run = await Run.OfAsync(["imports"], new Dictionary<string, string> { ["HOME"] = _home.FullName });
        run.Code.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("chmod 600");
        run.Error.ShouldNotContain("lib_open");
    }

    [Fact]
    public async Task What_is_no_key_is_not_saved() =>
        (await Run.OfAsync(["keys", "save"], new Dictionary<string, string> { ["HOME"] = _home.FullName }, "two words")).Code.ShouldBe(ExitCodes.Usage);

    public void Dispose() => _home.Delete(recursive: true);
}
