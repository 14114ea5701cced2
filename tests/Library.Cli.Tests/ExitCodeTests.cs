using Library.Cli.Infrastructure.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Library.Cli.Tests;

public sealed class ExitCodeTests
{
    private const string Id = "0199a2f0-7c1b-7e4a-9a55-0d8f3c5b6e21";

    [Theory]
    [InlineData("")]
    [InlineData("no-such-command")]
    [InlineData("get author")]
    [InlineData("get author x")]
    [InlineData("get chapter " + Id)]
    [InlineData("imports x")]
    [InlineData("imports " + Id + " stop")]
    [InlineData("tail --after -1")]
    [InlineData("tail --after x")]
    [InlineData("search book")]
    [InlineData("search book sea --limit 0")]
    [InlineData("operation " + Id + " --wait -1")]
    [InlineData("imports --patience -1")]
    [InlineData("imports --url nowhere")]
    [InlineData("import x --format xml")]
    [InlineData("import /no/such/file")]
    public async Task Wrong_arguments_are_2_with_a_word_why(string arguments)
    {
        var run = await Run.OfAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        run.Code.ShouldBe(ExitCodes.Usage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_wrong_address_in_the_environment_is_2_as_well()
    {
        var run = await Run.OfAsync(["imports"], new Dictionary<string, string> { ["LIBRARY_URL"] = "nowhere" });
        run.Code.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("'nowhere' is no http address");
    }

    [Fact]
    public async Task A_refusal_is_1_with_title_detail_and_errors()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/authors/{id:guid}", () =>
            FakeAnswers.Problem(422, "invalid", "Correct it.", """{"name":["It is blank."]}""")));

        (await service.RunAsync("get", "author", Id)).ShouldBe(new Run(ExitCodes.Refused, "", Lines("The invalid title. Correct it.\n  name: It is blank.")));
        (await service.RunAsync("get", "author", Id, "--json")).Error.ShouldStartWith("""{"type":"/problems#invalid","title":"The invalid title","status":422,""");
    }

    [Fact]
    public async Task An_unknown_path_is_refused_by_whoever_answers()
    {
        await using var service = await FakeService.StartAsync(_ => { });
        (await service.RunAsync("get", "author", Id)).ShouldBe(new Run(ExitCodes.Refused, "", Lines("HTTP 404 Not Found.")));
    }

    [Fact]
    public async Task A_page_for_people_is_not_taken_for_an_answer()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/{**path}", () => Results.Text("<html>", "text/html")));
        var run = await service.RunAsync("get", "author", Id);
        run.Code.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldContain("is not Library");
    }

    [Fact]
    public async Task A_service_that_cannot_do_it_now_is_3()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/authors/{id:guid}", () => FakeAnswers.Problem(503, "unavailable", "Later.")));
        var run = await service.RunAsync("get", "author", Id);
        run.Code.ShouldBe(ExitCodes.Away);
        run.Error.ShouldContain("The unavailable title. Later.");
    }

    [Theory]
    [InlineData("get author " + Id)]
    [InlineData("tail")]
    [InlineData("export")]
    [InlineData("imports")]
    public async Task A_service_that_is_not_there_is_3_at_once(string arguments)
    {
        // Port 9 belongs to a protocol that nobody serves.
        var run = await Run.OfAsync([.. arguments.Split(' '), "--url", "http://127.0.0.1:9"]);
        run.Code.ShouldBe(ExitCodes.Away);
        run.Error.ShouldContain("http://127.0.0.1:9/ is away");
    }

    [Fact]
    public async Task The_key_is_sent_as_bearer_token_and_never_shown()
    {
        var seen = new List<string?>();
        await using var service = await FakeService.StartAsync(app => app.MapGet("/base/v1/imports", (HttpContext http) =>
        {
            seen.Add(http.Request.Headers.Authorization);
            return FakeAnswers.Json("""{"items":[]}""");
        }));
        var variables = new Dictionary<string, string> { ["LIBRARY_URL"] = service.Url + "/base", ["LIBRARY_KEY"] = "lib_secret" };
        var file = Path.Combine(Path.GetTempPath(), $"key-{Guid.CreateVersion7():N}");
        await File.WriteAllTextAsync(file, "lib_other\n", TestContext.Current.CancellationToken);
        (await Run.OfAsync(["imports"], variables)).Code.ShouldBe(0);
        (await Run.OfAsync(["imports", "--key-file", file], variables)).Code.ShouldBe(0);

        File.Delete(file);
        seen.ShouldBe(["Bearer lib_secret", "Bearer lib_other"]);
        (await Run.OfAsync(["imports", "--help"], variables)).Out.ShouldNotContain("lib_secret");
    }

    private static string Lines(string text) => text + Environment.NewLine;
}
