using System.Net;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>What follows the deletion and the return of an author, however the worker fares.</summary>
public sealed class CascadeTests(TestServers servers)
{
    private const int Books = 1_200;

    [Fact]
    public async Task An_authors_deletion_reaches_every_book_though_the_worker_is_killed_on_the_way()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        await using var recorder = await EventRecorder.StartAsync(service);
        var (api, worker) = await service.StartAsync();
        var prolific = await api.CreateAuthorAsync("Prolific");
        var coAuthor = await api.CreateAuthorAsync("Co-author");
        var operations = await Task.WhenAll(Enumerable.Range(0, Books).Select(async i =>
            (await api.PostAsync("/v1/books", new { title = $"Book {i}", authorIds = i % 3 == 0 ? new[] { prolific, coAuthor } : [prolific] })).Is(HttpStatusCode.Accepted).Id));
        await api.OutcomeAsync(operations[^1]);
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>("select count(*) from books") == Books, "all books are there");

        (await api.DeleteAsync($"/v1/authors/{prolific}", Requests.Wait)).Is(HttpStatusCode.NoContent);
        await Eventually.HoldsAsync(async () => await LinksAsync() < Books, "the cascade has begun");
        worker.Kill();
        await service.StartWorker().WhenReadyAsync();

        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>($"select count(*) from authors where id = '{prolific}'") == 0, "the cascade is through");
        (await LinksAsync()).ShouldBe(0);
        (await service.ScalarAsync<long>("select count(*) from books")).ShouldBe(Books / 3);
        (await service.ScalarAsync<long>("select count(*) from mt_doc_book")).ShouldBe(Books / 3);
        (await service.ScalarAsync<long>($"select count(*) from mt_doc_book where data->'state'->'authorIds' ? '{prolific}'")).ShouldBe(0);

        await recorder.UntilAsync(_ => recorder.FirstDeliveries.Count == 2 + Books + 1 + Books, "every book has its event");
        var deletion = recorder.FirstDeliveries.Single(e => e.Type == "AuthorDeleted");
        var followed = recorder.FirstDeliveries.SkipWhile(e => e != deletion).Skip(1).ToList();
        followed.ShouldAllBe(e => e.Body.GetProperty("causedBy").GetString() == deletion.Body.GetProperty("eventId").GetString());
        followed.Count(e => e.Type == "BookUpdated").ShouldBe(Books / 3);
        followed.Count(e => e.Type == "BookDeleted").ShouldBe(Books - (Books / 3));

        Task<long> LinksAsync() => service.ScalarAsync<long>($"select count(*) from book_authors where author_id = '{prolific}'");
    }

    [Fact]
    public async Task A_restored_author_is_back_on_its_books()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        var author = await api.CreateAuthorAsync("Comes back");
        var other = await api.CreateAuthorAsync("Stays");
        var alone = await api.CreateBookAsync("Alone", author);
        var shared = await api.CreateBookAsync("Shared", author, other);
        var changed = await api.CreateBookAsync("Changed meanwhile", author, other);

        (await api.DeleteAsync($"/v1/authors/{author}", Requests.Wait)).Is(HttpStatusCode.NoContent);
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{alone}")).Status == HttpStatusCode.NotFound, "the cascade has deleted the book");
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>($"select count(*) from authors where id = '{author}'") == 0, "the cascade is through");
        (await api.PatchAsync($"/v1/books/{changed}", new { title = "By hand" }, Requests.Wait)).Is(HttpStatusCode.OK);
        (await api.PostAsync($"/v1/authors/{author}/restore", headers: Requests.Wait)).Is(HttpStatusCode.OK);

        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{alone}")).Status == HttpStatusCode.OK, "the book is back");
        await Eventually.HoldsAsync(async () => (await AuthorsOfAsync(shared)).SequenceEqual([author, other]), "the author has its old place");
        (await AuthorsOfAsync(changed)).ShouldBe([other]);

        async Task<IEnumerable<Guid>> AuthorsOfAsync(Guid book) =>
            (await api.GetAsync($"/v1/books/{book}")).Body.GetProperty("authorIds").EnumerateArray().Select(id => id.GetGuid()).ToList();
    }
}
