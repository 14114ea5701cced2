using System.Net;
using Library.Hosting.Messaging;
using Library.Testing;
using Library.Testing.Hosts;
using RabbitMQ.Client;

namespace Library.EndToEnd;

/// <summary>Somebody deletes queues by hand: the service makes them again and goes on, and nobody has to start anything again.</summary>
public sealed class DeletedQueueTests(TestServers servers)
{
    [Fact]
    public async Task Workers_find_an_ordered_queue_that_is_declared_anew_before_they_are_told()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        await service.StartWorker().WhenReadyAsync();
        await api.CreateAuthorAsync("Before");
        await using var connection = await service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();

        // As an API does that publishes the very next command.
        await channel.QueueDeleteAsync(CommandQueue.Name);
        await CommandQueue.DeclareAsync(channel, TestContext.Current.CancellationToken);
        await channel.QueueDeleteAsync(ImportQueue.Name);
        await ImportQueue.DeclareAsync(channel, TestContext.Current.CancellationToken);

        var command = (await api.PostAsync("/v1/authors", new { name = "After" })).Is(HttpStatusCode.Accepted);
        var import = await api.ImportAsync(Imports.File(9));
        (await api.OutcomeAsync(command.Id)).GetProperty("status").GetString().ShouldBe("succeeded");
        (await api.EndOfImportAsync(import)).ShouldBe("succeeded 9/0/0");
    }

    [Fact]
    public async Task Every_shared_queue_comes_back_that_is_deleted()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        var otherApi = service.StartApi();
        await otherApi.WhenReadyAsync();
        var author = await api.CreateAuthorAsync("Before");
        var book = await api.CreateBookAsync("Its book", author);
        await using var connection = await service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        var queues = await servers.QueuesAsync(service.RabbitMq);
        // An instance's own queues nobody else may delete.
        string[] shared = [CommandQueue.Name, CommandQueue.ErrorName, ImportQueue.Name, ImportQueue.ErrorName, "author-deletion-cascade", "author-restoration"];
        shared.ShouldBeSubsetOf(queues);

        foreach (var queue in shared) await channel.QueueDeleteAsync(queue);

        await Eventually.HoldsAsync(async () => !shared.Except(await servers.QueuesAsync(service.RabbitMq)).Any(), "the queues are there again");
        await Eventually.HoldsAsync(async () => (await api.PutAsync($"/v1/authors/{author}", new { name = "After" }, ("Prefer", "wait=5"))).Status == HttpStatusCode.OK, "a command is applied");
        (await api.EndOfImportAsync(await api.ImportAsync(Imports.File(9)))).ShouldBe("succeeded 9/0/0");
        (await otherApi.GetAsync($"/v1/authors/{author}")).Is(HttpStatusCode.OK);
        (await api.PutAsync($"/v1/authors/{author}", new { name = "Once more" }, Requests.Wait)).Is(HttpStatusCode.OK);
        await Eventually.HoldsAsync(
            async () => (await otherApi.GetAsync($"/v1/authors/{author}")).Body.GetProperty("name").GetString() == "Once more", "the other instance shows the change");
        (await api.DeleteAsync($"/v1/authors/{author}", Requests.Wait)).Is(HttpStatusCode.NoContent);
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{book}")).Status == HttpStatusCode.NotFound, "the book follows its author");
    }

    [Fact]
    public async Task Cascades_go_through_within_a_minute_though_their_queues_were_declared_anew_before_the_workers_were_told()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        await service.StartWorker().WhenReadyAsync();
        var (leaving, back) = (await api.CreateAuthorAsync("Leaves"), await api.CreateAuthorAsync("Comes back"));
        var (follows, returns) = (await api.CreateBookAsync("Follows", leaving), await api.CreateBookAsync("Returns", back));
        (await api.DeleteAsync($"/v1/authors/{back}", Requests.Wait)).Is(HttpStatusCode.NoContent);
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>($"select count(*) from authors where id = '{back}'") == 0, "the cascade is through");

        await using var connection = await service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in (string[])["author-deletion-cascade", "author-restoration"])
        {
            await channel.QueueDeleteAsync(queue);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            await channel.QueueBindAsync(queue, queue, routingKey: "");
        }

        (await api.DeleteAsync($"/v1/authors/{leaving}", Requests.Wait)).Is(HttpStatusCode.NoContent);
        (await api.PostAsync($"/v1/authors/{back}/restore", headers: Requests.Wait)).Is(HttpStatusCode.OK);
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{follows}")).Status == HttpStatusCode.NotFound, "the book follows its author");
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{returns}")).Status == HttpStatusCode.OK, "the book is back");
    }

    [Fact]
    public async Task An_instance_whose_own_queues_are_deleted_goes_on_hearing_of_changes_and_outcomes()
    {
        // Only the broker's own tool may delete what belongs to a connection.
        await using var broker = await PrivateServers.StartAsync();
        await using var service = new LibraryService(await servers.CreateDatabaseAsync(), broker.RabbitMq);
        service["Library__Cache__Duration"] = TimeSpan.FromHours(1).ToString();
        var (api, _) = await service.StartAsync();
        var author = await api.CreateAuthorAsync("Before");
        (await api.GetAsync($"/v1/authors/{author}")).Is(HttpStatusCode.OK);
        var own = await OwnAsync();
        own.Count.ShouldBe(2);

        foreach (var queue in own) await broker.ControlRabbitMqAsync("delete_queue", queue);
        // No command is taken whose outcome would not be heard of.
        await Eventually.HoldsAsync(async () => (await api.PatchAsync($"/v1/authors/{author}", new { name = "After" }, Requests.Wait)).Status == HttpStatusCode.OK, "commands are taken again");
        // Sooner than the entry's time is up: the queue is there again, and what was missed meanwhile has emptied the cache.
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/authors/{author}")).Body.GetProperty("name").GetString() == "After", "the change is shown");
        await Eventually.HoldsAsync(async () => (await OwnAsync()).Count == 2, "the queues are there again");
        (await api.PatchAsync($"/v1/authors/{author}", new { name = "Once more" }, Requests.Wait)).Is(HttpStatusCode.OK);
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/authors/{author}")).Body.GetProperty("name").GetString() == "Once more", "the next change is shown");

        async Task<List<string>> OwnAsync() => [.. (await broker.QueuesAsync()).Where(queue => queue.Split('-')[0] is "cache" or "operation")];
    }
}
