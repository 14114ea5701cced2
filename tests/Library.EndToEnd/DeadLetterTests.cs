using System.Net;
using System.Text;
using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Serialization;
using Library.Hosting.Messaging;
using Library.Hosting.Operations;
using Library.Testing;
using Library.Testing.Hosts;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Library.EndToEnd;

/// <summary>What an operator does about messages that were dead-lettered.</summary>
[Collection(typeof(Running))]
public sealed class DeadLetterTests(RunningLibrary library)
{
    private readonly OperationIds _ids = new(Options.Create(new OperationsOptions { Secret = LibraryService.OperationsSecret }), TimeProvider.System);

    [Fact]
    public async Task A_command_that_can_be_applied_by_now_is_replayed_as_a_new_operation()
    {
        var (author, operation) = (await library.Api.CreateAuthorAsync(), _ids.Next());
        // A patch that no API would send.
        await PublishAsync(operation, PatchOf(operation, author, "5"));
        (await library.Api.OutcomeAsync(operation)).GetProperty("problem").GetProperty("type").GetString().ShouldEndWith("#inapplicable");
        var letter = await library.Api.DeadLetterAsync(operation);
        letter.TryGetProperty("replayedAs", out _).ShouldBeFalse();
        // As if a later version could apply it.
        await library.Service.ScalarAsync<object>($"update dead_letters set body = decode('{Convert.ToHexString(PatchOf(operation, author, "\"Null\""))}', 'hex') where operation_id = '{operation}'");

        var path = $"/v1/dead-letters/{letter.GetProperty("id").GetGuid()}";
        var replay = (await library.Api.PostAsync(path + "/replay")).Is(HttpStatusCode.Accepted);
        replay.Header("Operation-Location").ShouldBe($"/v1/operations/{replay.Id}");
        replay.Body.GetProperty("replayOf").GetGuid().ShouldBe(operation);
        var outcome = await library.OtherApi.OutcomeAsync(replay.Id);
        outcome.GetProperty("status").GetString().ShouldBe("succeeded");
        outcome.GetProperty("replayOf").GetGuid().ShouldBe(operation);
        (await library.Api.GetAsync($"/v1/authors/{author}")).Is(HttpStatusCode.OK);
        (await library.Api.OutcomeAsync(operation)).GetProperty("status").GetString().ShouldBe("refused", "the old outcome stands");

        (await library.OtherApi.PostAsync(path + "/replay")).Is(HttpStatusCode.Accepted).Id.ShouldBe(replay.Id, "a second replay is the same operation");
        (await library.Api.DeadLetterAsync(operation)).GetProperty("replayedAs").GetGuid().ShouldBe(replay.Id);
        (await library.Api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await library.Api.DeleteAsync(path)).Is(HttpStatusCode.NotFound);
        (await library.Api.PostAsync(path + "/replay")).Is(HttpStatusCode.NotFound);
        (await library.Api.OutcomeAsync(replay.Id)).GetProperty("replayOf").GetGuid().ShouldBe(operation);
    }

    [Fact]
    public async Task A_message_that_still_cannot_be_read_is_not_replayed()
    {
        var operation = _ids.Next();
        await PublishAsync(operation, "not JSON"u8.ToArray());
        var letter = await library.Api.DeadLetterAsync(operation);
        (await library.Api.PostAsync($"/v1/dead-letters/{letter.GetProperty("id").GetGuid()}/replay")).Is(HttpStatusCode.Conflict).Problem.ShouldBe("not-replayable");
    }

    [Fact]
    public async Task The_same_message_is_kept_once_and_does_not_come_back_when_it_was_discarded()
    {
        var (operation, marker) = (_ids.Next(), _ids.Next());
        for (var i = 0; i < 3; i++) await PublishAsync(operation, "repeated \0"u8.ToArray());
        var letter = await library.Api.DeadLetterAsync(operation);
        (await library.Api.DeleteAsync($"/v1/dead-letters/{letter.GetProperty("id").GetGuid()}")).Is(HttpStatusCode.NoContent);
        await PublishAsync(operation, "repeated \0"u8.ToArray());
        await PublishAsync(marker, "behind it"u8.ToArray());
        await library.Api.DeadLetterAsync(marker);

        (await library.Service.ScalarAsync<long>($"select count(*) from dead_letters where operation_id = '{operation}'")).ShouldBe(1);
        (await library.Api.DeadLettersAsync(pageSize: 1)).ShouldAllBe(shown => shown.GetProperty("operationId").GetGuid() != operation);
    }

    /// <summary>As the API would send it, past its validation.</summary>
    private static byte[] PatchOf(Guid operation, Guid author, string name) => Encoding.UTF8.GetBytes(
        $$"""{ "message": {{JsonSerializer.Serialize<CatalogCommand>(new PatchAuthor { OperationId = operation, AcceptedAt = OperationIds.TimeOf(operation), AuthorId = author, Patch = JsonElement.Parse($$"""{ "name": {{name}} }""") }, LibraryJson.Options)}} }""");

    private async Task PublishAsync(Guid operation, byte[] body)
    {
        await using var connection = await library.Service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync(CommandQueue.Name, "", mandatory: true, new BasicProperties { MessageId = operation.ToString(), Persistent = true }, body);
    }
}

internal static class DeadLetters
{
    /// <summary>All that are shown, page after page.</summary>
    public static async Task<List<JsonElement>> DeadLettersAsync(this HostProcess api, int pageSize = 500)
    {
        var letters = new List<JsonElement>();
        for (var next = ""; ;)
        {
            var page = (await api.GetAsync($"/v1/dead-letters?limit={pageSize}{next}")).Is(HttpStatusCode.OK).Body;
            letters.AddRange(page.GetProperty("items").EnumerateArray());
            if (!page.TryGetProperty("next", out var cursor)) return letters;
            next = "&after=" + cursor.GetString();
        }
    }

    /// <summary>Waits until the message of that operation is there.</summary>
    public static async Task<JsonElement> DeadLetterAsync(this HostProcess api, Guid operation)
    {
        var found = default(JsonElement);
        await Eventually.HoldsAsync(
            async () => (found = (await api.DeadLettersAsync()).SingleOrDefault(letter => letter.TryGetProperty("operationId", out var id) && id.GetGuid() == operation)).ValueKind == JsonValueKind.Object,
            $"the message of operation {operation} is a dead letter");
        return found;
    }
}
