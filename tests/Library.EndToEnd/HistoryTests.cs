using System.Net;
using System.Text.Json;
using Library.Testing;

namespace Library.EndToEnd;

/// <summary>What was: histories, states at a time, and what a deletion would do and a restoration left.</summary>
[Collection(typeof(Running))]
public sealed class HistoryTests(RunningLibrary library)
{
    [Fact]
    public async Task A_history_tells_every_event_and_its_changes_lead_from_state_to_state()
    {
        var api = library.Api;
        var created = (await api.PostAsync("/v1/authors", new { name = "One", bio = "b" }, Requests.Wait)).Is(HttpStatusCode.Created);
        var path = $"/v1/authors/{created.Id}";
        await api.PatchAsync(path, new { bio = (string?)null, birthDate = "1990-01-02" }, Requests.Wait);
        await api.PatchAsync(path, new { birthDate = "1990-01-02" }, Requests.Wait);
        var deleted = await api.DeleteAsync(path, Requests.Wait);
        await api.PostAsync($"{path}/restore", headers: Requests.Wait);
        var last = (await api.PutAsync(path, new { name = "Two" }, Requests.Wait)).Is(HttpStatusCode.OK);

        var items = await HistoryAsync($"{path}/history", ("Library-Min-Position", last.Header("Library-Position")!));
        items.Select(item => item.GetProperty("type").GetString()).ShouldBe(["AuthorCreated", "AuthorUpdated", "AuthorDeleted", "AuthorRestored", "AuthorUpdated"]);
        items.Select(item => item.GetProperty("version").GetInt32()).ShouldBe([1, 2, 3, 4, 5]);
        items.Select(item => item.GetProperty("position").GetInt64()).ShouldBeInOrder(SortDirection.Ascending);
        items.Select(item => Sorted(item.GetProperty("changes"))).ShouldBe(
        [
            """{"bio":"b","name":"One"}""", """{"bio":null,"birthDate":"1990-01-02"}""", "{}", """{"birthDate":"1990-01-02","name":"One"}""", """{"birthDate":null,"name":"Two"}""",
        ]);
        items[0].GetProperty("operationId").GetString().ShouldBe(created.Header("Operation-Location")!.Split('/')[^1]);
        items[2].GetProperty("operationId").GetString().ShouldBe(deleted.Header("Operation-Location")!.Split('/')[^1]);

        var paged = new List<string>();
        for (var next = (string?)$"{path}/history?limit=2"; next is not null;)
        {
            var page = (await library.OtherApi.GetAsync(next)).Is(HttpStatusCode.OK);
            paged.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
            page.Body.TryGetProperty("next", out _).ShouldBe(page.Header("Link") is not null);
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        paged.ShouldBe(items.Select(item => item.GetRawText()));
        (await api.GetAsync($"/v1/books/{created.Id}/history")).Is(HttpStatusCode.NotFound);
        (await api.GetAsync($"/v1/authors/{Guid.CreateVersion7()}/history")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_state_at_a_time_is_what_was_served_then()
    {
        var api = library.Api;
        var author = await api.CreateAuthorAsync("Of the book");
        var first = (await api.PostAsync("/v1/books", new { title = "First", authorIds = new[] { author } }, Requests.Wait)).Is(HttpStatusCode.Created);
        var path = $"/v1/books/{first.Id}";
        var second = (await api.PatchAsync(path, new { title = "Second", publishDate = "2001-02-03" }, Requests.Wait)).Is(HttpStatusCode.OK);
        await api.DeleteAsync(path, Requests.Wait);
        var times = (await HistoryAsync($"{path}/history")).Select(item => item.GetProperty("at").GetDateTime()).ToList();

        (await AsOfAsync(times[0].AddTicks(-10))).Is(HttpStatusCode.NotFound);
        foreach (var (served, time) in new[] { (first, times[0]), (first, times[1].AddTicks(-10)), (second, times[1]), (second, times[2].AddTicks(-10)) })
        {
            var then = (await AsOfAsync(time)).Is(HttpStatusCode.OK);
            then.Body.GetRawText().ShouldBe(served.Body.GetRawText());
            then.Header("ETag").ShouldBe(served.Header("ETag"));
        }

        (await AsOfAsync(times[2])).Is(HttpStatusCode.NotFound);
        (await api.GetAsync($"/v1/authors/{first.Id}?asOf={times[0]:O}")).Is(HttpStatusCode.NotFound);

        Task<Answer> AsOfAsync(DateTime time) => api.GetAsync($"{path}?asOf={time:O}", ("Library-Min-Position", "1"));
    }

    [Fact]
    public async Task A_preview_tells_what_the_deletion_then_does()
    {
        var api = library.Api;
        var (author, other) = (await api.CreateAuthorAsync("Goes"), await api.CreateAuthorAsync("Stays"));
        var shared = await api.CreateBookAsync("Shared", author, other);
        var alone = await api.CreateBookAsync("Alone", author);
        await api.CreateBookAsync("Of the other", other);

        var preview = (await api.GetAsync($"/v1/authors/{author}/deletion-preview")).Is(HttpStatusCode.OK).Body;
        preview.GetProperty("changed").GetInt64().ShouldBe(1);
        preview.GetProperty("deleted").GetInt64().ShouldBe(1);
        preview.GetProperty("books").EnumerateArray().Select(book => (book.GetProperty("id").GetGuid(), book.GetProperty("title").GetString(), book.GetProperty("effect").GetString()))
            .ShouldBe([(shared, "Shared", "changed"), (alone, "Alone", "deleted")], ignoreOrder: true);

        await api.DeleteAsync($"/v1/authors/{author}", Requests.Wait);
        (await library.OtherApi.GetAsync($"/v1/authors/{author}/deletion-preview")).Is(HttpStatusCode.NotFound);
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{alone}")).Status == HttpStatusCode.NotFound, "the book is gone");
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{shared}")).Header("ETag") == "\"2\"", "the book is changed");
        var none = (await api.GetAsync($"/v1/authors/{await api.CreateAuthorAsync("Without books")}/deletion-preview")).Is(HttpStatusCode.OK).Body;
        none.GetProperty("changed").GetInt64().ShouldBe(0);
        none.GetProperty("books").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_preview_counts_all_books_and_shows_a_hundred()
    {
        var author = await library.Api.CreateAuthorAsync("Prolific");
        var books = await Task.WhenAll(Enumerable.Range(0, 120).Select(async i =>
            (await library.Api.PostAsync("/v1/books", new { title = $"Book {i}", authorIds = new[] { author } })).Is(HttpStatusCode.Accepted)));
        foreach (var book in books) await library.Api.OutcomeAsync(book.Id);
        var preview = (await library.Api.GetAsync($"/v1/authors/{author}/deletion-preview")).Is(HttpStatusCode.OK).Body;
        preview.GetProperty("deleted").GetInt64().ShouldBe(120);
        preview.GetProperty("books").EnumerateArray().Select(book => book.GetProperty("id").GetGuid()).ShouldBe(books.Select(book => book.ResourceId).OrderBy(id => id.ToString(), StringComparer.Ordinal).Take(100));
    }

    [Fact]
    public async Task A_restoration_tells_which_books_it_left()
    {
        var api = library.Api;
        var (author, other) = (await api.CreateAuthorAsync("Comes back"), await api.CreateAuthorAsync("Stays"));
        var follows = await api.CreateBookAsync("Follows", author, other);
        var changed = await api.CreateBookAsync("Changed meanwhile", author, other);
        await api.DeleteAsync($"/v1/authors/{author}", Requests.Wait);
        foreach (var book in (Guid[])[follows, changed])
            await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{book}")).Header("ETag") == "\"2\"", "the book has lost its author");
        await api.PatchAsync($"/v1/books/{changed}", new { title = "By hand" }, Requests.Wait);

        var restored = (await api.PostAsync($"/v1/authors/{author}/restore", headers: Requests.Wait)).Is(HttpStatusCode.OK);
        var left = default(JsonElement);
        await Eventually.HoldsAsync(
            async () => (await library.OtherApi.GetAsync(restored.Header("Operation-Location")!)).Body.TryGetProperty("left", out left), "the restoration is through");
        left.GetProperty("count").GetInt32().ShouldBe(1);
        left.GetProperty("ids").EnumerateArray().Select(id => id.GetGuid()).ShouldBe([changed]);
    }

    private async Task<List<JsonElement>> HistoryAsync(string path, params (string, string)[] headers) =>
        [.. (await library.Api.GetAsync(path, headers)).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private static string Sorted(JsonElement json) =>
        JsonSerializer.Serialize(json.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal).ToDictionary(field => field.Name, field => field.Value));
}
