using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Library.Cli.Tests.Features.Imports;

public sealed class ImportsCommandTests
{
    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    [InlineData("undo")]
    public async Task An_import_is_steered(string verb)
    {
        await using var service = await FakeService.StartAsync(app => app.MapPost("/v1/imports/{id:guid}/{verb}", (string verb) => FakeAnswers.Json(FakeImports.State(verb))));
        var run = await service.RunAsync("imports", FakeImports.Id.ToString(), verb, "--json");
        run.ShouldBe(new Run(0, FakeImports.State(verb) + "\n", ""));
    }

    [Fact]
    public async Task The_list_goes_over_pages()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/imports", (string? after, int limit) => FakeAnswers.Json(
            after is null ? $$"""{"items":[{{FakeImports.State("running")}}],"next":"a b&c"}""" : $$"""{"items":[{{FakeImports.State(after)}}]}""")));
        var run = await service.RunAsync("imports");

        run.Code.ShouldBe(0, run.Error);
        run.Lines.Select(line => line.Split('\t')[2]).ShouldBe(["running", "a b&c"]);
    }

    [Fact]
    public async Task The_undo_of_an_import_that_refused_some_is_watched_to_a_good_end()
    {
        var undone = FakeImports.State("succeeded", 2, 1)[..^1] + ""","undo":{"status":"succeeded","undone":2,"kept":0}}""";
        await using var service = await FakeService.StartAsync(app =>
        {
            app.MapPost("/v1/imports/{id:guid}/undo", () => FakeAnswers.Json(undone.Replace("""{"status":"succeeded",""", """{"status":"running",""", StringComparison.Ordinal)));
            app.MapGet("/v1/imports/{id:guid}/progress", (HttpContext http) => http.StreamAsync($"data: {undone}\n\n"));
        });
        var run = await service.RunAsync("imports", FakeImports.Id.ToString(), "undo", "--watch");

        run.Code.ShouldBe(0, run.Error);
        run.Out.ShouldContain("undo succeeded, 2 taken back, 0 kept");
    }

    [Fact]
    public async Task Refused_records_are_told_with_their_reason_or_given_back_as_they_were()
    {
        const string lines = """
            {"line":2,"problem":{"type":"/problems#invalid","title":"A field is wrong","status":422,"detail":"Correct it.","errors":{"name":["It is blank."]}},"record":{"type":"author","name":" "}}
            {"line":5,"problem":{"type":"/problems#malformed","title":"It cannot be read","status":400,"detail":"No JSON."},"record":"{\"type\""}

            """;
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/imports/{id:guid}/refused", () => Results.Text(lines, "application/x-ndjson")));

        (await service.RunAsync("refused", FakeImports.Id.ToString())).Out.ShouldBe("line 2: A field is wrong. Correct it.\n  name: It is blank.\nline 5: It cannot be read. No JSON.\n");
        (await service.RunAsync("refused", FakeImports.Id.ToString(), "--json")).Out.ShouldBe(lines);
        (await service.RunAsync("refused", FakeImports.Id.ToString(), "--records")).Lines.ShouldBe(["""{"type":"author","name":" "}""", """{"type" """.TrimEnd()]);
    }
}
