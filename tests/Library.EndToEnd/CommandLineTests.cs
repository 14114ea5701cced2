using System.Net;
using System.Text.Json;
using Library.Testing;

namespace Library.EndToEnd;

[Collection(typeof(Running))]
public sealed class CommandLineTests(RunningLibrary library)
{
    [Fact]
    public async Task What_was_written_is_got_and_found()
    {
        var author = await library.Api.CreateAuthorAsync("Zbigniew Quetzalcoatl");
        var book = await library.Api.CreateBookAsync("Ijon Tichy's axolotl", author);

        JsonDocument.Parse(await OutputAsync("get", "book", book.ToString(), "--json")).RootElement.GetProperty("title").GetString().ShouldBe("Ijon Tichy's axolotl");
        (await OutputAsync("search", "author", "quetzalcoatl")).ShouldBe($"{author}\tZbigniew Quetzalcoatl\t\n");
        (await OutputAsync("search", "book", "axolotl", "tichy")).ShouldBe($"{book}\tIjon Tichy's axolotl\t\tZbigniew Quetzalcoatl\n");
    }

    [Fact]
    public async Task A_refused_operation_is_waited_for_and_told()
    {
        var accepted = (await library.Api.PostAsync("/v1/books", new { title = "Orphan", authorIds = new[] { Guid.CreateVersion7() } })).Is(HttpStatusCode.Accepted);
        var (code, output, _) = await CommandLine.RunAsync(library.Api.Url, "operation", accepted.Id.ToString(), "--wait", "30");
        code.ShouldBe(1);
        output.ShouldContain("unknown-author");
    }

    [Fact]
    public async Task Unknown_ids_are_refused_with_the_services_own_words()
    {
        var id = Guid.CreateVersion7();
        var (code, output, errors) = await CommandLine.RunAsync(library.Api.Url, "get", "author", id.ToString());
        code.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.ShouldContain($"There is no author {id}.");
    }

    [Fact]
    public async Task The_feed_goes_on_after_a_broken_connection_without_gap_or_repeat()
    {
        await using var link = new Link(library.Api.Url.Host, library.Api.Url.Port);
        var first = await library.Api.PostAsync("/v1/authors", new { name = "First" }, Requests.Wait);
        using var tail = CommandLine.Start(new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", link.Port).Uri, "tail", "--json", "--types", "AuthorCreated", "--after", (long.Parse(first.Header("Library-Position")!, null) - 1).ToString(null as IFormatProvider));
        var seen = new List<Guid> { await NextAsync(tail) };

        link.Cut();
        var second = await library.Api.CreateAuthorAsync("Second");
        var third = await library.Api.CreateAuthorAsync("Third");
        link.Mend();
        seen.Add(await NextAsync(tail));
        seen.Add(await NextAsync(tail));

        seen.ShouldBe([first.Id, second, third]);
    }

    [Fact]
    public async Task The_feed_ends_when_nobody_reads_it_any_more()
    {
        using var tail = CommandLine.Start(library.Api.Url, "tail", "--json", "--after", "0");
        await library.Api.CreateAuthorAsync();
        await NextAsync(tail);
        tail.Output.Close();

        // It learns of it by writing.
        await library.Api.CreateAuthorAsync();
        await library.Api.CreateAuthorAsync();
        (await tail.EndAsync()).ShouldBe(0);
    }

    private static async Task<Guid> NextAsync(CommandLine tail)
    {
        var line = await tail.Output.ReadLineAsync().WaitAsync(Eventually.Deadline);
        return JsonDocument.Parse(line!).RootElement.GetProperty("data").EnumerateObject().First(field => field.Value.ValueKind == JsonValueKind.Object && field.Value.TryGetProperty("id", out _)).Value.GetProperty("id").GetGuid();
    }

    private async Task<string> OutputAsync(params string[] arguments)
    {
        var (code, output, errors) = await CommandLine.RunAsync(library.Api.Url, arguments);
        code.ShouldBe(0, errors);
        return output;
    }
}
