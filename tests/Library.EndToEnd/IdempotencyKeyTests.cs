using System.Net;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>A request that is sent again under its key is one operation with one effect.</summary>
[Collection(typeof(Running))]
public sealed class IdempotencyKeyTests(RunningLibrary library)
{
    private static (string, string) Key(string? key = null) => ("Idempotency-Key", $"\"{key ?? Guid.CreateVersion7().ToString()}\"");

    [Fact]
    public async Task The_same_request_is_the_same_operation_and_resource_on_any_instance()
    {
        var key = Key();
        var first = (await library.Api.PostAsync("/v1/authors", new { name = "Once" }, key)).Is(HttpStatusCode.Accepted);
        var second = (await library.OtherApi.PostAsync("/v1/authors", new { name = "Once" }, key)).Is(HttpStatusCode.Accepted);
        second.Id.ShouldBe(first.Id);
        second.ResourceId.ShouldBe(first.ResourceId);
        second.Header("Location").ShouldBe(first.Header("Location"));

        await library.Api.OutcomeAsync(first.Id);
        var decided = (await library.OtherApi.PostAsync("/v1/authors", new { name = "Once" }, key)).Is(HttpStatusCode.Accepted);
        decided.Body.GetProperty("status").GetString().ShouldBe("succeeded");
        var waited = (await library.OtherApi.PostAsync("/v1/authors", new { name = "Once" }, key, Requests.Wait)).Is(HttpStatusCode.Created);
        waited.Id.ShouldBe(first.ResourceId);
        (await library.Service.ScalarAsync<long>($"select count(*) from mt_events where stream_id = '{first.ResourceId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        var key = Key();
        await library.Api.PostAsync("/v1/authors", new { name = "One" }, key);
        (await library.Api.PostAsync("/v1/authors", new { name = "Another" }, key)).Is(HttpStatusCode.UnprocessableEntity).Problem.ShouldBe("idempotency-key-reused");
        (await library.OtherApi.PostAsync("/v1/books", new { title = "One", authorIds = new[] { Guid.CreateVersion7() } }, key)).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_refused_request_is_answered_with_the_same_refusal()
    {
        var key = Key();
        var book = new { title = "By nobody", authorIds = new[] { Guid.CreateVersion7() } };
        var first = (await library.Api.PostAsync("/v1/books", book, key, Requests.Wait)).Is(HttpStatusCode.UnprocessableEntity);
        var again = (await library.OtherApi.PostAsync("/v1/books", book, key, Requests.Wait)).Is(HttpStatusCode.UnprocessableEntity);
        again.Body.ToString().ShouldBe(first.Body.ToString());
    }

    [Fact]
    public async Task A_repeated_deletion_is_not_a_second_one()
    {
        var id = await library.Api.CreateAuthorAsync();
        var key = Key();
        (await library.Api.DeleteAsync($"/v1/authors/{id}", key, Requests.Wait)).Is(HttpStatusCode.NoContent);
        (await library.OtherApi.DeleteAsync($"/v1/authors/{id}", key, Requests.Wait)).Is(HttpStatusCode.NoContent);
        (await library.OtherApi.DeleteAsync($"/v1/authors/{id}", Requests.Wait)).Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"unfinished")]
    [InlineData("back\\slash")]
    public async Task A_key_that_is_none_is_refused(string key) =>
        (await library.Api.PostAsync("/v1/authors", new { name = "Keyed" }, ("Idempotency-Key", key))).Is(HttpStatusCode.BadRequest).Problem.ShouldBe("malformed");
}

/// <summary>Retries, concurrent duplicates, two instances and a worker that is killed.</summary>
public sealed class IdempotencyUnderFireTests(TestServers servers)
{
    private const int Keys = 1_000;
    private const int Tries = 3;

    [Fact]
    public async Task A_thousand_keyed_creations_sent_three_times_make_a_thousand_authors()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, worker) = await service.StartAsync();
        var other = service.StartApi();
        await other.WhenReadyAsync();

        var sending = Parallel.ForAsync(0, Keys * Tries, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            // A busy machine may answer 503: the key is there to make trying again safe.
            await Eventually.HoldsAsync(
                async () => (await (i % 2 == 0 ? api : other).PostAsync("/v1/authors", new { name = $"Author {i / Tries}" }, ("Idempotency-Key", $"key-{i / Tries}"))).Status == HttpStatusCode.Accepted,
                "the command is accepted"));
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>("select count(*) from operations") > Keys / 10, "the load is being applied");
        worker.Kill();
        await service.StartWorker().WhenReadyAsync();
        await sending;

        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>("select count(*) from operations") == Keys, "every operation is decided");
        (await service.ScalarAsync<long>("select count(*) from authors")).ShouldBe(Keys);
        (await service.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(Keys);
    }
}
