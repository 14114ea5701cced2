using System.Net;
using System.Text;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Operations;
using Library.Api.Infrastructure.Reading;
using Library.Api.Tests.Infrastructure.Http;
using Library.Contracts.Commands;
using Library.Hosting.Errors;
using Library.Hosting.Messaging;
using Library.Hosting.Operations;

namespace Library.Api.Tests.Infrastructure.Commands;

public sealed class CommandAnswerTests : IDisposable
{
    private const string Id = "0198c0de-0000-7000-8000-000000000001";
    private readonly ApiFactory _api = new();
    private readonly HttpClient _client;

    public CommandAnswerTests() => _client = _api.CreateClient();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task An_accepted_command_is_202_with_its_operation()
    {
        var answer = await SendAsync("POST", "/v1/authors", """{"name":"Ursula K. Le Guin","birthDate":"1929-10-21"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var command = _api.Bus.Published.ShouldHaveSingleItem().ShouldBeOfType<CreateAuthor>();
        command.Author.Name.ShouldBe("Ursula K. Le Guin");
        command.Author.BirthDate.ShouldBe("1929-10-21");
        command.Author.Id.Version.ShouldBe(7);
        answer.Headers.Location!.ToString().ShouldBe($"/v1/authors/{command.Author.Id}");
        answer.Headers.GetValues("Operation-Location").ShouldBe([$"/v1/operations/{command.OperationId}"]);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Headers.Contains("Preference-Applied").ShouldBeFalse();
        var operation = await answer.JsonAsync();
        operation.Select(field => field.Key).ShouldBe(["id", "status", "resource", "resourceId", "acceptedAt"]);
        ((string?)operation["id"]).ShouldBe(command.OperationId.ToString());
        ((string?)operation["status"]).ShouldBe("pending");
        ((string?)operation["resource"]).ShouldBe("author");
        ((string?)operation["resourceId"]).ShouldBe(command.Author.Id.ToString());
        ((DateTimeOffset)operation["acceptedAt"]!).ShouldBe(command.AcceptedAt);
        ((string?)operation["acceptedAt"]).ShouldEndWith("Z");
    }

    [Theory]
    [InlineData("POST", "/v1/authors", """{"name":"A"}""", typeof(CreateAuthor))]
    [InlineData("PUT", "/v1/authors/" + Id, """{"name":"A"}""", typeof(ReplaceAuthor))]
    [InlineData("PATCH", "/v1/authors/" + Id, """{"bio":null}""", typeof(PatchAuthor))]
    [InlineData("DELETE", "/v1/authors/" + Id, null, typeof(DeleteAuthor))]
    [InlineData("POST", "/v1/authors/" + Id + "/restore", null, typeof(RestoreAuthor))]
    [InlineData("POST", "/v1/books", """{"title":"B","authorIds":["0198c0de-0000-7000-8000-000000000002"]}""", typeof(CreateBook))]
    [InlineData("PUT", "/v1/books/" + Id, """{"title":"B","authorIds":["0198c0de-0000-7000-8000-000000000002"]}""", typeof(ReplaceBook))]
    [InlineData("PATCH", "/v1/books/" + Id, """{"title":"B"}""", typeof(PatchBook))]
    [InlineData("DELETE", "/v1/books/" + Id, null, typeof(DeleteBook))]
    [InlineData("POST", "/v1/books/" + Id + "/restore", null, typeof(RestoreBook))]
    public async Task Every_command_has_its_message(string method, string path, string? body, Type message)
    {
        (await SendAsync(method, path, body)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        _api.Bus.Published.ShouldHaveSingleItem().ShouldBeOfType(message);
    }

    [Fact]
    public async Task The_client_may_choose_the_id()
    {
        await SendAsync("POST", "/v1/authors", $$"""{"id":"{{Id}}","name":"A"}""");
        ((CreateAuthor)_api.Bus.Published.Single()).Author.Id.ShouldBe(Guid.Parse(Id));
    }

    [Fact]
    public async Task A_patch_is_sent_on_as_it_came()
    {
        await SendAsync("PATCH", $"/v1/authors/{Id}", """{ "bio": null, "name": "\u0041 😀" }""");
        var patch = ((PatchAuthor)_api.Bus.Published.Single()).Patch;
        patch.GetProperty("bio").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        patch.GetProperty("name").GetString().ShouldBe("A 😀");
        patch.EnumerateObject().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Conditions_go_with_the_command()
    {
        await SendAsync("PUT", $"/v1/authors/{Id}", """{"name":"A"}""", ("If-Match", "\"3\""));
        await SendAsync("PUT", $"/v1/authors/{Id}", """{"name":"A"}""", ("If-None-Match", "*"));
        await SendAsync("DELETE", $"/v1/books/{Id}", null, ("If-Match", "\"4\", W/\"5\""));
        var sent = _api.Bus.Published.ToArray();
        sent[0].ShouldBeOfType<ReplaceAuthor>().ExpectedVersions.ShouldBe([3]);
        sent[1].ShouldBeOfType<ReplaceAuthor>().CreateOnly.ShouldBeTrue();
        sent[2].ExpectedVersions.ShouldBe([4, 5]);
    }

    [Fact]
    public async Task A_replacement_that_must_not_create_is_a_patch_of_every_field()
    {
        await SendAsync("PUT", $"/v1/authors/{Id}", $$"""{"id":"{{Id}}","name":"A","bio":"B"}""", ("If-Match", "*"));
        _api.Bus.Published.Single().ShouldBeOfType<PatchAuthor>().Patch.GetRawText().ShouldBe("""{"name":"A","bio":"B","sortName":null,"kind":null,"alternateNames":null,"birthDate":null,"deathDate":null,"identifiers":null}""");
    }

    [Fact]
    public async Task What_is_wrong_is_422_with_all_its_fields_and_publishes_nothing()
    {
        var problem = await (await SendAsync("POST", "/v1/books", """{"title":" ","authorIds":["0198c0de-0000-7000-8000-000000000002","0198c0de-0000-7000-8000-000000000002"]}""")).ShouldBeProblemAsync(422, "invalid");
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["title", "authorIds"], ignoreOrder: true);
        _api.Bus.Published.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"id":"0198c0de-0000-7000-8000-000000000009","name":"A"}""", Id)]
    [InlineData("""{"name":"A"}""", "00000000-0000-0000-0000-000000000000")]
    public async Task The_id_of_the_path_is_the_id(string body, string id)
    {
        var problem = await (await SendAsync("PUT", $"/v1/authors/{id}", body)).ShouldBeProblemAsync(422, "invalid");
        problem["errors"]!["id"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_a_broker_a_command_is_not_accepted()
    {
        _api.Service<BrokerAvailability>().MarkUnavailable("test");
        var answer = await SendAsync("DELETE", $"/v1/books/{Id}", null);
        await answer.ShouldBeProblemAsync(503, "not-accepted");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Headers.Contains("Operation-Location").ShouldBeFalse();
    }

    [Fact]
    public async Task A_command_in_doubt_names_its_operation()
    {
        _api.Bus.OnPublish = (_, _) => throw new TimeoutException();
        var answer = await SendAsync("DELETE", $"/v1/books/{Id}", null);
        await answer.ShouldBeProblemAsync(503, "unconfirmed");
        answer.Headers.Contains("Operation-Location").ShouldBeTrue();
    }

    [Fact]
    public async Task Who_waits_gets_the_refusal_with_its_own_status()
    {
        Decide(command => new Outcome { Id = command.OperationId, Position = 41, Problem = Problems.NotFound("book", Guid.Parse(Id)) });
        var answer = await SendAsync("DELETE", $"/v1/books/{Id}", null, ("Prefer", "wait=5"));
        await answer.ShouldBeProblemAsync(404, "not-found");
        answer.Headers.GetValues("Preference-Applied").ShouldBe(["wait=5"]);
        answer.Headers.GetValues("Library-Position").ShouldBe(["41"]);
        answer.Headers.Contains("Operation-Location").ShouldBeTrue();
    }

    [Fact]
    public async Task Who_waits_for_a_deletion_gets_204()
    {
        Decide(command => new Outcome { Id = command.OperationId, Position = 42, Effect = Effects.Deleted, Version = 2 });
        var answer = await SendAsync("DELETE", $"/v1/books/{Id}", null, ("Prefer", "wait=60"));
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Preference-Applied").ShouldBe(["wait=30"]);
    }

    [Fact]
    public async Task Who_waits_in_vain_gets_the_202()
    {
        var answer = await SendAsync("DELETE", $"/v1/books/{Id}", null, ("Prefer", "wait=1"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        answer.Headers.GetValues("Preference-Applied").ShouldBe(["wait=1"]);
    }

    [Theory]
    [InlineData("respond-async, wait=5")]
    [InlineData("respond-async")]
    public async Task Who_wants_no_wait_gets_the_202_at_once(string prefer)
    {
        Decide(command => new Outcome { Id = command.OperationId, Effect = Effects.Deleted });
        var answer = await SendAsync("DELETE", $"/v1/books/{Id}", null, ("Prefer", prefer));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        answer.Headers.GetValues("Preference-Applied").ShouldBe(["respond-async"]);
        _api.Outcomes.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_database_a_wait_falls_back_to_the_202()
    {
        _api.Outcomes.Fault = new Npgsql.NpgsqlException("away");
        (await SendAsync("DELETE", $"/v1/books/{Id}", null, ("Prefer", "wait=1"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task An_operation_is_pending_until_it_has_an_outcome()
    {
        var path = (await SendAsync("DELETE", $"/v1/books/{Id}", null)).Headers.GetValues("Operation-Location").Single();
        var pending = await (await _client.GetAsync(path, TestContext.Current.CancellationToken)).JsonAsync();
        ((string?)pending["status"]).ShouldBe("pending");
        var command = _api.Bus.Published.Single();
        ((DateTimeOffset)pending["acceptedAt"]!).ShouldBe(command.AcceptedAt);

        _api.Outcomes.Rows[command.OperationId] = new Outcome
        {
            Id = command.OperationId,
            Resource = "book",
            ResourceId = Guid.Parse(Id),
            Effect = Effects.Deleted,
            Version = 2,
            Position = 7,
            AcceptedAt = command.AcceptedAt.UtcDateTime,
            CompletedAt = command.AcceptedAt.UtcDateTime,
        };
        var answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        answer.Headers.GetValues("Library-Position").ShouldBe(["7"]);
        var done = await answer.JsonAsync();
        done.Select(field => field.Key).ShouldBe(["id", "status", "resource", "resourceId", "version", "position", "acceptedAt", "completedAt"]);
        ((string?)done["status"]).ShouldBe("succeeded");
    }

    [Fact]
    public async Task An_operation_past_its_retention_is_410()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var options = Microsoft.Extensions.Options.Options.Create(new Library.Hosting.Operations.OperationsOptions { Secret = new string('s', 32) });
        var old = new Library.Hosting.Operations.OperationIds(options, time).Next();
        await (await _client.GetAsync($"/v1/operations/{old}", TestContext.Current.CancellationToken)).ShouldBeProblemAsync(410, "expired");
    }

    [Fact]
    public async Task A_cached_resource_answers_without_a_database()
    {
        var id = Guid.Parse(Id);
        await _api.Service<ReadCache>().GetAsync(
            ReadCache.KeyOf(CatalogTypes.Author, id),
            CacheTag.Of(id),
            _ => Task.FromResult(new ReadResult<Representation>(new(id, "{\"name\":\"A\"}"u8.ToArray(), 3), 9)),
            TestContext.Current.CancellationToken);

        var answer = await _client.GetAsync($"/v1/authors/{Id}", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ETag!.ToString().ShouldBe("\"3\"");
        answer.Headers.CacheControl!.ToString().ShouldBe("must-revalidate, max-age=0, private");
        answer.Headers.GetValues("Cache-Status").ShouldBe(["library; hit"]);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"name":"A"}""");

        var unchanged = await SendAsync("GET", $"/v1/authors/{Id}", null, ("If-None-Match", "\"2\", W/\"3\""));
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        unchanged.Headers.ETag!.ToString().ShouldBe("\"3\"");

        var head = await SendAsync("HEAD", $"/v1/authors/{Id}", null);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(12);
    }

    [Fact]
    public async Task A_keyed_command_is_not_sent_without_the_database_that_keeps_the_key()
    {
        var answer = await SendAsync("POST", "/v1/authors", """{"name":"A"}""", ("Idempotency-Key", "\"key\""));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        ((string?)(await answer.JsonAsync())["type"]).ShouldBe("/problems#not-accepted");
        _api.Bus.Published.ShouldBeEmpty();
    }

    private void Decide(Func<CatalogCommand, Outcome> decide) => _api.Bus.OnPublish = (command, _) =>
    {
        _api.Outcomes.Rows[command.OperationId] = decide(command);
        _api.Service<OperationWaiters>().Complete(new BatchCommitted { OperationIds = [command.OperationId] });
        return Task.FromResult(true);
    };

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, method == "PATCH" ? "application/merge-patch+json" : "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
