using System.Net;
using System.Text;
using Library.Hosting.Messaging;
using Library.Hosting.Operations;
using Library.Testing;
using Library.Testing.Hosts;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Library.EndToEnd;

/// <summary>A command's whole way, on real servers: in over HTTP, out as state, outcome and event.</summary>
[Collection(typeof(Running))]
public sealed class CommandPathTests(RunningLibrary library)
{
    [Fact]
    public async Task A_command_comes_out_as_state_outcome_and_event()
    {
        var accepted = (await library.Api.PostAsync("/v1/authors", new { name = "Stanisław Lem", birthDate = "1921-09-12" })).Is(HttpStatusCode.Accepted);
        var outcome = await library.OtherApi.OutcomeAsync(accepted.Id);
        outcome.GetProperty("status").GetString().ShouldBe("succeeded");
        outcome.GetProperty("version").GetInt32().ShouldBe(1);

        var author = (await library.OtherApi.GetAsync(accepted.Header("Location")!)).Is(HttpStatusCode.OK);
        author.Body.GetProperty("name").GetString().ShouldBe("Stanisław Lem");
        author.Header("ETag").ShouldBe("\"1\"");

        var position = outcome.GetProperty("position").GetInt64();
        await library.Recorder.UntilAsync(events => events.Any(recorded => recorded.Position == position), "the event arrives");
    }

    [Fact]
    public async Task Who_waits_is_answered_what_a_read_answers()
    {
        var author = (await library.Api.PostAsync("/v1/authors", new { name = "Stanisław <Lem>", bio = "\"é\u0001\U0001F600", birthDate = "1921-09-12" }, Requests.Wait)).Is(HttpStatusCode.Created);
        await IsWhatIsReadAsync(author);
        var book = (await library.Api.PostAsync("/v1/books", new { title = "Solaris", publishDate = "1961-06-01", authorIds = new[] { author.Id } }, Requests.Wait)).Is(HttpStatusCode.Created);
        await IsWhatIsReadAsync(book);
        await IsWhatIsReadAsync((await library.Api.PatchAsync($"/v1/books/{book.Id}", new { description = "A planet." }, Requests.Wait)).Is(HttpStatusCode.OK));
        (await library.Api.PostAsync("/v1/authors", new { id = author.Id, name = "Another" }, Requests.Wait)).Is(HttpStatusCode.Conflict);

        async Task IsWhatIsReadAsync(Answer waited)
        {
            var path = waited.Body.TryGetProperty("title", out _) ? "/v1/books/" : "/v1/authors/";
            var read = (await library.Api.GetAsync(path + waited.Id, ("Library-Min-Position", waited.Header("Library-Position")!))).Is(HttpStatusCode.OK);
            read.Body.GetRawText().ShouldBe(waited.Body.GetRawText());
            read.Header("ETag").ShouldBe(waited.Header("ETag"));
        }
    }

    [Fact]
    public async Task An_event_tells_a_consumer_of_any_language_all_about_itself()
    {
        var accepted = await library.Api.PostAsync("/v1/authors", new { name = "Jorge Luis Borges" });
        var outcome = await library.Api.OutcomeAsync(accepted.Id);
        var position = outcome.GetProperty("position").GetInt64();
        await library.Recorder.UntilAsync(events => events.Any(e => e.Position == position), "the event arrives");
        var (_, properties, body) = library.Recorder.Events.First(e => e.Position == position);

        body.EnumerateObject().Select(property => property.Name).ShouldBe(
            ["eventId", "position", "previousPosition", "occurredAt", "operationId", "version", "author"]);
        body.GetProperty("operationId").GetGuid().ShouldBe(accepted.Id);
        body.GetProperty("author").GetProperty("id").GetGuid().ShouldBe(accepted.ResourceId);
        body.GetProperty("author").GetProperty("name").GetString().ShouldBe("Jorge Luis Borges");

        properties.ContentType.ShouldBe("application/json");
        properties.Persistent.ShouldBeTrue();
        properties.MessageId.ShouldBe(body.GetProperty("eventId").GetString());
        Header("MT-MessageType").ShouldBe("urn:message:Library.Contracts.Events:AuthorCreated");
        Header("cloudEvents:specversion").ShouldBe("1.0");
        Header("cloudEvents:id").ShouldBe(properties.MessageId);
        Header("cloudEvents:type").ShouldBe("AuthorCreated");
        Header("cloudEvents:source").ShouldBe("/v1/events");
        Header("cloudEvents:subject").ShouldBe($"/v1/authors/{accepted.ResourceId}");
        Header("traceparent").ShouldStartWith("00-");

        string Header(string name) => Encoding.UTF8.GetString((byte[])properties.Headers![name]!);
    }

    [Fact]
    public async Task A_book_may_name_an_author_as_soon_as_its_202_is_there()
    {
        var books = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var author = (await library.Api.PostAsync("/v1/authors", new { name = $"Author {i}" })).Is(HttpStatusCode.Accepted);
            return (await library.OtherApi.PostAsync("/v1/books", new { title = $"Book {i}", authorIds = new[] { author.ResourceId } })).Is(HttpStatusCode.Accepted);
        }));
        foreach (var book in books)
            (await library.Api.OutcomeAsync(book.Id)).GetProperty("status").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task Events_arrive_in_position_order_and_none_is_missing()
    {
        var operations = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
            (await (i % 2 == 0 ? library.Api : library.OtherApi).PostAsync("/v1/authors", new { name = $"Author {i}" })).Is(HttpStatusCode.Accepted).Id));
        var positions = new List<long>();
        foreach (var id in operations) positions.Add((await library.Api.OutcomeAsync(id)).GetProperty("position").GetInt64());
        await library.Recorder.UntilAsync(events => positions.All(position => events.Any(e => e.Position == position)), "all events arrive");

        var first = library.Recorder.FirstDeliveries;
        first.Select(e => e.Position).ShouldBeInOrder(SortDirection.Ascending);
        first[0].PreviousPosition.ShouldBe(0);
        foreach (var (before, after) in first.Zip(first.Skip(1))) after.PreviousPosition.ShouldBe(before.Position);
    }

    [Fact]
    public async Task A_command_that_is_delivered_twice_has_one_effect()
    {
        await using var connection = await library.Service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        var copies = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(copies, CommandQueue.Name, routingKey: "");
        var accepted = await library.Api.PostAsync("/v1/authors", new { name = "Twice" });

        BasicGetResult? copy = null;
        await Eventually.HoldsAsync(
            async () => (copy = await channel.BasicGetAsync(copies, autoAck: true)) is null || copy.BasicProperties.MessageId == accepted.Id.ToString(),
            "the command's copy is there");
        await Eventually.HoldsAsync(
            async () => copy is not null || (copy = await channel.BasicGetAsync(copies, autoAck: true)) is not null, "the command's copy is there");
        for (var i = 0; i < 3; i++)
            await channel.BasicPublishAsync(CommandQueue.Name, "", mandatory: true, new BasicProperties(copy!.BasicProperties), copy.Body);
        var behind = await library.Api.PostAsync("/v1/authors", new { name = "Behind the copies" });
        await library.Api.OutcomeAsync(behind.Id);

        (await library.Service.ScalarAsync<long>($"select count(*) from mt_events where stream_id = '{accepted.ResourceId}'")).ShouldBe(1);
        (await library.Service.ScalarAsync<long>($"select count(*) from operations where id = '{accepted.Id}'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("not JSON at all")]
    [InlineData("""{ "message": { "kind": "BurnAuthor" } }""")]
    [InlineData("""{ "message": { "kind": "CreateAuthor", "author": null } }""")]
    public async Task A_message_that_cannot_be_read_is_dead_lettered_and_blocks_nothing(string body)
    {
        var ids = new OperationIds(Options.Create(new OperationsOptions { Secret = LibraryService.OperationsSecret }), TimeProvider.System);
        var operationId = ids.Next();
        await using var connection = await library.Service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync(
            CommandQueue.Name, "", mandatory: true,
            new BasicProperties { MessageId = operationId.ToString(), ContentType = "application/vnd.masstransit+json", Persistent = true },
            Encoding.UTF8.GetBytes(body));

        var outcome = await library.Api.OutcomeAsync(operationId);
        outcome.GetProperty("status").GetString().ShouldBe("refused");
        outcome.GetProperty("problem").GetProperty("type").GetString().ShouldEndWith("#unreadable");
        var letter = await library.Api.DeadLetterAsync(operationId);
        letter.GetProperty("body").GetString().ShouldBe(body);
        letter.GetProperty("headers").GetProperty("library-reason").GetString().ShouldBe(letter.GetProperty("reason").GetString());
        var health = (await library.Worker.GetAsync("/health/ready")).Is(HttpStatusCode.OK).Body;
        health.GetProperty("checks").GetProperty("worker").GetProperty("deadLettered").GetInt64().ShouldBePositive();
        await library.Api.CreateAuthorAsync("Not blocked");
    }

    [Fact]
    public async Task An_instance_that_had_a_resource_cached_shows_its_change()
    {
        var id = await library.Api.CreateAuthorAsync("Before");
        for (var i = 0; i < 20; i++)
        {
            await library.OtherApi.GetAsync($"/v1/authors/{id}");
            (await library.OtherApi.GetAsync($"/v1/authors/{id}")).Is(HttpStatusCode.OK);
            (await library.Api.PatchAsync($"/v1/authors/{id}", new { name = $"After {i}" }, Requests.Wait)).Is(HttpStatusCode.OK);
            await Eventually.HoldsAsync(
                async () => (await library.OtherApi.GetAsync($"/v1/authors/{id}")).Body.GetProperty("name").GetString() == $"After {i}", "the change shows");
        }
    }
}
