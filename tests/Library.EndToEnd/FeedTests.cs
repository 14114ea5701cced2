using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>The feed of events over HTTP, whatever happens to its clients.</summary>
public sealed class FeedTests(TestServers servers)
{
    /// <summary>How often each client is cut off.</summary>
    private const int Cuts = 20;

    /// <summary>CONTRIBUTING.md has the full size.</summary>
    private static readonly int Clients = Number("LIBRARY_FEED_CLIENTS", 20);
    private static readonly int Commands = Number("LIBRARY_FEED_COMMANDS", 2_000);

    [Fact]
    public async Task Streams_that_are_cut_off_and_resumed_see_every_event_once_and_in_order()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        // An instance that keeps next to nothing: its streams live off the database.
        service["Library__Events__RecentEvents"] = "16";
        var forgetful = service.StartApi();
        await forgetful.WhenReadyAsync();
        await api.CreateAuthorAsync("Before all streams");
        var start = await service.ScalarAsync<long>("select max(seq_id) from mt_events");

        var clients = Enumerable.Range(0, Clients).Select(i => FollowAsync([api, forgetful], start, new Random(i))).ToList();
        await Load.SendAsync([api, forgetful], Commands);
        // A deadline that grows with the size: a second for ten commands.
        var results = await Task.WhenAll(clients).WaitAsync(TimeSpan.FromSeconds(Commands / 10));

        var stored = await service.ScalarAsync<long[]>($"select array_agg(seq_id order by seq_id) from mt_events where seq_id > {start}");
        stored!.Length.ShouldBe(Commands);
        foreach (var positions in results) positions.ShouldBe(stored);
    }

    [Fact]
    public async Task A_stream_follows_from_now_on_and_shows_what_its_filter_lets_through()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        await api.CreateAuthorAsync("Before");
        var opened = new TaskCompletionSource();
        var stream = api.StreamAsync(null, "AuthorDeleted,BookCreated", opened.SetResult, TestContext.Current.CancellationToken).Take(2).ToListAsync(TestContext.Current.CancellationToken).AsTask();
        await opened.Task.WaitAsync(Eventually.Deadline);
        var author = await api.CreateAuthorAsync("Now");
        var book = await api.CreateBookAsync("Now too", author);
        var deletion = (await api.DeleteAsync($"/v1/authors/{author}", Requests.Wait)).Is(HttpStatusCode.NoContent);

        var seen = await stream.WaitAsync(Eventually.Deadline);
        seen.Select(message => message.EventType).ShouldBe(["BookCreated", "AuthorDeleted"]);
        seen[0].Data.GetProperty("subject").GetString().ShouldBe($"/v1/books/{book}");
        seen[1].EventId.ShouldBe(deletion.Header("Library-Position"));
        var cloudEvent = seen[1].Data;
        cloudEvent.GetProperty("specversion").GetString().ShouldBe("1.0");
        cloudEvent.GetProperty("type").GetString().ShouldBe("AuthorDeleted");
        cloudEvent.GetProperty("id").GetString().ShouldBe(cloudEvent.GetProperty("data").GetProperty("eventId").GetString());
        (await api.LinesAsync("types=AuthorDeleted,BookCreated")).Select(line => line.GetRawText()).ShouldBe(seen.Select(message => message.Data.GetRawText()));
    }

    [Fact]
    public async Task What_is_read_over_HTTP_is_what_went_to_the_broker()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        await using var recorder = await EventRecorder.StartAsync(service);
        var (api, _) = await service.StartAsync();
        var author = await api.CreateAuthorAsync("\"Quoted\" \u2028 <b>é漢😀</b>");
        await api.CreateBookAsync("Dies with it", author);
        await api.PatchAsync($"/v1/authors/{author}", new { bio = "line\nbreak" }, Requests.Wait);
        await api.DeleteAsync($"/v1/authors/{author}", Requests.Wait);
        await Load.SendAsync([api], 1_200);
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>("select count(*) from mt_events") == 1_205, "all is written");
        await recorder.UntilAsync(_ => recorder.FirstDeliveries.Count == 1_205, "all is relayed");

        var lines = await api.LinesAsync("after=0");
        lines.Select(line => line.GetProperty("data").GetRawText()).ShouldBe(recorder.FirstDeliveries.Select(e => e.Body.GetRawText()));
        foreach (var (line, recorded) in lines.Zip(recorder.FirstDeliveries)) AttributesShouldBeSame(line, recorded);

        var paged = new List<string>();
        for (var next = (string?)"/v1/events?limit=500"; next is not null;)
        {
            var page = (await api.GetAsync(next)).Is(HttpStatusCode.OK);
            paged.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
            page.Body.TryGetProperty("next", out _).ShouldBe(page.Header("Link") is not null);
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        paged.ShouldBe(lines.Select(line => line.GetRawText()));
        (await api.LinesAsync($"after={recorder.FirstDeliveries[^3].Position}")).Count.ShouldBe(2);

        static void AttributesShouldBeSame(JsonElement line, RecordedEvent recorded)
        {
            foreach (var name in (string[])["id", "source", "type", "subject", "time", "sequence"])
                line.GetProperty(name).GetString().ShouldBe(Encoding.UTF8.GetString((byte[])recorded.Properties.Headers!["cloudEvents:" + name]!), name);
        }
    }

    [Fact]
    public async Task Streams_are_limited_and_their_places_come_free()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        service["Library__Events__MaxStreams"] = "1";
        var (api, _) = await service.StartAsync();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var opened = new TaskCompletionSource();
        var first = api.StreamAsync(null, null, opened.SetResult, leave.Token).ToListAsync(leave.Token).AsTask();
        await opened.Task.WaitAsync(Eventually.Deadline);

        var refused = (await api.GetAsync("/v1/events", ("Accept", "text/event-stream"))).Is(HttpStatusCode.ServiceUnavailable);
        refused.Problem.ShouldBe("too-many-streams");
        refused.Header("Retry-After").ShouldNotBeNull();
        (await api.GetAsync("/v1/events")).Is(HttpStatusCode.OK);

        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        var author = await api.CreateAuthorAsync();
        await Eventually.HoldsAsync(async () => (await api.StreamAsync(0).FirstAsync()).Data.GetProperty("subject").GetString()!.EndsWith(author.ToString(), StringComparison.Ordinal), "the place is free");
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_cut_off_and_holds_nobody_up()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        service["Library__Events__WriteTimeout"] = "00:00:02";
        var (api, _) = await service.StartAsync();
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await deaf.ConnectAsync(api.Url.Host, api.Url.Port, TestContext.Current.CancellationToken);
        await deaf.SendAsync(Encoding.ASCII.GetBytes("GET /v1/events?after=0 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"));
        await Eventually.HoldsAsync(async () => await StreamsAsync(api) == 1, "the stream is open");

        // Far more than the buffers between the two hold.
        var author = await api.CreateAuthorAsync();
        var operations = await Task.WhenAll(Enumerable.Range(0, 1_500).Select(async i =>
            (await api.PatchAsync($"/v1/authors/{author}", new { bio = $"{i}{new string('x', 9_000)}" })).Is(HttpStatusCode.Accepted).Id));
        await api.OutcomeAsync(operations[^1]);
        (await api.StreamAsync(0).Take(1_501).CountAsync().AsTask().WaitAsync(Eventually.Deadline)).ShouldBe(1_501);
        await Eventually.HoldsAsync(async () => await StreamsAsync(api) == 0, "the deaf client is cut off");
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_is_there_and_how_far_it_is()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        service["Library__Events__KeepAlive"] = "00:00:01";
        var (api, _) = await service.StartAsync();
        await api.CreateAuthorAsync("Before");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events?types=BookDeleted", UriKind.Relative)) { Headers = { { "Accept", "text/event-stream" } } };
        using var answer = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var start = await service.ScalarAsync<long>("select max(seq_id) from mt_events");
        (await lines.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe($"id: {start}");

        // Of a type that the filter holds back: who resumes need not look through it again.
        await api.CreateAuthorAsync("After");
        var end = await service.ScalarAsync<long>("select max(seq_id) from mt_events");
        var read = new List<string?>();
        while (read.Count == 0 || read[^1] != $"id: {end}") read.Add(await lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Deadline));
        read.ShouldContain(": still here");
        read.ShouldNotContain(line => line!.StartsWith("data", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_ends_streams_cleanly()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        await api.CreateAuthorAsync();
        await using var stream = api.StreamAsync(0).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await stream.MoveNextAsync()).ShouldBeTrue();

        (await api.StopAsync()).ShouldBe(0);
        // The end of the answer: a broken connection would throw.
        (await stream.MoveNextAsync()).ShouldBeFalse();
    }

    /// <summary>Follows until it has seen as many events as there are commands, breaking off at places that chance has chosen and going on at any instance.</summary>
    private static async Task<List<long>> FollowAsync(IReadOnlyList<HostProcess> apis, long start, Random random)
    {
        var places = new SortedSet<int> { Commands };
        while (places.Count <= Cuts) places.Add(random.Next(1, Commands));
        var positions = new List<long>();
        foreach (var place in places)
        {
            var resume = positions.Count == 0 ? start : positions[^1];
            await foreach (var message in apis[random.Next(apis.Count)].StreamAsync(resume).Take(place - positions.Count))
            {
                message.Data.GetProperty("data").GetProperty("position").GetInt64().ShouldBe(message.Position());
                positions.Add(message.Position());
            }
        }

        return positions;
    }

    private static async Task<int> StreamsAsync(HostProcess api)
    {
        var line = (await api.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n').LastOrDefault(line => line.StartsWith("library_events_streams", StringComparison.Ordinal));
        return line is null ? -1 : int.Parse(line.Split('}')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
