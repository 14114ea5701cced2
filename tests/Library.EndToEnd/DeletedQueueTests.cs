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
}
