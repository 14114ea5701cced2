using Library.Cli.Infrastructure.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Library.Cli.Tests.Features.Catalog;

public sealed class CatalogCommandTests
{
    private const string Author = """{"id":"0199a2f0-7c1b-7e4a-9a55-0d8f3c5b6e21","name":"Le Guin, \u00dc.","version":2}""";

    [Fact]
    public async Task One_is_shown_for_people_and_for_programs()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/authors/{id:guid}", () => FakeAnswers.Json(Author)));

        (await service.RunAsync("get", "author", FakeImportsId)).Out.ShouldBe("id       0199a2f0-7c1b-7e4a-9a55-0d8f3c5b6e21\nname     Le Guin, Ü.\nversion  2\n");
        (await service.RunAsync("get", "author", FakeImportsId, "--json")).Out.ShouldBe(Author + "\n");
    }

    [Fact]
    public async Task A_search_reads_as_many_pages_as_it_needs()
    {
        var asked = new List<string>();
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/books", (HttpContext http, string? after, int limit) =>
        {
            asked.Add(http.Request.QueryString.Value!);
            var items = Enumerable.Range(0, Math.Min(limit, 500)).Select(i => $$"""{"id":"{{asked.Count}}-{{i}}","title":"T","authors":[{"id":"1","name":"A","role":"aut"},{"id":"2","name":"B","role":"trl"}]}""");
            return FakeAnswers.Json($$"""{"items":[{{string.Join(',', items)}}],"next":"more"}""");
        }));
        var run = await service.RunAsync("search", "book", "sea & sky", "C#", "--limit", "600");

        run.Code.ShouldBe(0, run.Error);
        run.Lines.Count.ShouldBe(600);
        run.Lines[^1].ShouldBe("2-99\tT\t\tA, B (trl)");
        asked.ShouldBe(["?include=authors&q=sea%20%26%20sky%20C%23&limit=500", "?include=authors&q=sea%20%26%20sky%20C%23&limit=100&after=more"]);
    }

    [Fact]
    public async Task An_export_goes_to_standard_output_or_to_a_file()
    {
        const string lines = "{\"type\":\"author\"}\n";
        var asked = new List<string>();
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/export", (HttpContext http) =>
        {
            asked.Add(http.Request.QueryString.Value!);
            return Results.Text(lines, "application/x-ndjson");
        }));
        var file = Path.GetTempFileName();
        try
        {
            (await service.RunAsync("export")).ShouldBe(new Run(0, lines, ""));
            (await service.RunAsync("export", "--type", "book", "--format", "csv", "-o", file)).Code.ShouldBe(0);
            (await File.ReadAllTextAsync(file)).ShouldBe(lines);
        }
        finally
        {
            File.Delete(file);
        }

        asked.ShouldBe(["?format=ndjson", "?format=csv&type=book"]);
    }

    [Fact]
    public async Task An_export_that_breaks_off_leaves_the_file_of_before()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/export", (HttpContext http) => http.BreakOffAsync("application/x-ndjson", "{\"type\":")));
        var folder = Directory.CreateTempSubdirectory("library-cli-");
        try
        {
            var file = Path.Combine(folder.FullName, "catalog.ndjson");
            await File.WriteAllTextAsync(file, "before");
            (await service.RunAsync("export", "-o", file)).Code.ShouldBe(ExitCodes.Away);
            folder.EnumerateFiles().ShouldHaveSingleItem();
            (await File.ReadAllTextAsync(file)).ShouldBe("before");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string FakeImportsId => Imports.FakeImports.Id.ToString();
}
