using System.Diagnostics;
using System.Net;
using Library.Testing;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.EndToEnd;

/// <summary>A server is away, or hangs: what can go on goes on, the rest is refused soon and clearly, and nothing is lost.</summary>
public sealed class OutageTests(TestServers servers) : IAsyncLifetime
{
    /// <summary>The contract's bound on a refusal.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private LibraryService _service = null!;
    private Link _postgres = null!;
    private Link _broker = null!;

    public async ValueTask InitializeAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync());
        var vhost = await servers.CreateVhostAsync();
        _postgres = new Link(database.Host!, database.Port);
        _broker = new Link(vhost.Host, vhost.Port);
        (database.Host, database.Port) = ("127.0.0.1", _postgres.Port);
        _service = new LibraryService(database.ConnectionString, new UriBuilder(vhost) { Host = "127.0.0.1", Port = _broker.Port }.Uri);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _postgres.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_the_broker_commands_are_refused_soon_and_reads_go_on(bool hangs)
    {
        var (api, _) = await _service.StartAsync();
        var author = await api.CreateAuthorAsync();

        Break(_broker, hangs);
        for (var i = 0; i < 3; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            var refused = (await api.PostAsync("/v1/authors", new { name = "Refused" })).Is(HttpStatusCode.ServiceUnavailable);
            Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(AnswerLimit);
            refused.Problem.ShouldBeOneOf("not-accepted", "unconfirmed");
            refused.Header("Retry-After").ShouldNotBeNull();
            refused.Headers.ContainsKey("Operation-Location").ShouldBe(refused.Problem == "unconfirmed");
        }

        (await api.GetAsync($"/v1/authors/{author}")).Is(HttpStatusCode.OK);
        (await api.GetAsync("/health/ready")).Is(HttpStatusCode.ServiceUnavailable);

        _broker.Mend();
        await Eventually.HoldsAsync(async () => (await api.PostAsync("/v1/authors", new { name = "Accepted" }, Requests.Wait)).Status == HttpStatusCode.Created, "commands are accepted again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_the_database_commands_are_accepted_and_applied_later(bool hangs)
    {
        var (api, _) = await _service.StartAsync();
        await api.CreateAuthorAsync();

        Break(_postgres, hangs);
        var asked = Stopwatch.GetTimestamp();
        var accepted = (await api.PostAsync("/v1/authors", new { name = "Kept by the broker" }, ("Prefer", "wait=1"))).Is(HttpStatusCode.Accepted);
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(AnswerLimit);
        asked = Stopwatch.GetTimestamp();
        var read = (await api.GetAsync($"/v1/authors/{accepted.ResourceId}")).Is(HttpStatusCode.ServiceUnavailable);
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(AnswerLimit);
        read.Problem.ShouldBe("unavailable");
        read.Header("Retry-After").ShouldNotBeNull();

        _postgres.Mend();
        (await api.OutcomeAsync(accepted.Id)).GetProperty("status").GetString().ShouldBe("succeeded");
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/authors/{accepted.ResourceId}")).Status == HttpStatusCode.OK, "the author can be read");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_live_stream_outlives_an_outage_of_the_database(bool hangs)
    {
        var (api, _) = await _service.StartAsync();
        var before = await api.CreateAuthorAsync("Before");
        await using var stream = api.StreamAsync(0).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await NextAuthorAsync()).ShouldBe(before);

        Break(_postgres, hangs);
        var meanwhile = (await api.PostAsync("/v1/authors", new { name = "Meanwhile" })).Is(HttpStatusCode.Accepted).ResourceId;
        (await api.GetAsync("/v1/events", ("Accept", "text/event-stream"))).Is(HttpStatusCode.ServiceUnavailable);
        _postgres.Mend();
        (await NextAuthorAsync()).ShouldBe(meanwhile);
        var after = await api.CreateAuthorAsync("After");
        (await NextAuthorAsync()).ShouldBe(after);

        async Task<Guid> NextAuthorAsync()
        {
            (await stream.MoveNextAsync().AsTask().WaitAsync(Eventually.Deadline)).ShouldBeTrue();
            return stream.Current.Data.GetProperty("data").GetProperty("author").GetProperty("id").GetGuid();
        }
    }

    [Fact]
    public async Task Commands_sent_before_the_first_worker_are_applied_when_it_starts()
    {
        var api = _service.StartApi();
        await Eventually.HoldsAsync(async () => (await api.GetAsync("/health/live")).Status == HttpStatusCode.OK, "the API lives");
        var accepted = default(Answer);
        await Eventually.HoldsAsync(
            async () => (accepted = await api.PostAsync("/v1/authors", new { name = "First" })).Status == HttpStatusCode.Accepted, "the API accepts commands");

        _service.StartWorker();
        (await api.OutcomeAsync(accepted!.Id)).GetProperty("status").GetString().ShouldBe("succeeded");
    }

    private static void Break(Link link, bool hangs)
    {
        if (hangs) link.Hold();
        else link.Cut();
    }
}
