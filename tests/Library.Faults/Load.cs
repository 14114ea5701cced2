using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Library.EndToEnd;
using Library.Testing;

namespace Library.Faults;

/// <summary>
/// Clients that each write resources of their own, one command after another, as a seed says: creations, replacements, patches, deletions
/// and restorations, with and without key and wait; and that read what they wrote. All of it is recorded.
/// </summary>
/// <param name="name">What no other load on this cluster has.</param>
internal sealed class Load(Cluster cluster, long name, int seed, int clients, int commands)
{
    private const int Authors = 3;
    private const int Books = 4;

    private readonly ConcurrentQueue<Attempt> _attempts = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private volatile TaskCompletionSource _go = Completed();
    private volatile bool _mayEnd;
    private int _sending;

    /// <summary>In each client's order.</summary>
    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    public IEnumerable<Attempt> Acknowledged => _attempts.Where(attempt => attempt.Known == Known.Acknowledged);

    /// <summary>What a client saw and should not have seen.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Ends when each client has sent its commands and <see cref="MayEnd"/> was called.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, clients).Select(RunClientAsync));

    public void MayEnd() => _mayEnd = true;

    /// <summary>Lets no client send until <see cref="Resume"/>; returns when all that was acknowledged is decided.</summary>
    public async Task PauseAsync()
    {
        _go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Eventually.HoldsAsync(() => Volatile.Read(ref _sending) == 0, "no client is sending");
        await DecidedAsync();
    }

    public void Resume() => _go.TrySetResult();

    /// <summary>Returns when all that was acknowledged is decided.</summary>
    public Task DecidedAsync()
    {
        var ids = Acknowledged.Select(attempt => attempt.OperationId).ToHashSet();
        var list = string.Join(',', ids.Select(id => $"'{id}'").DefaultIfEmpty("null"));
        return Eventually.HoldsAsync(async () => await cluster.Service.ScalarAsync<long>($"select count(*) from operations where id in ({list})") == ids.Count, "all that was acknowledged is decided");
    }

    /// <summary>A client that is not sure sends it again: it must be the same operation with the same outcome.</summary>
    public async Task RepeatAsync(Attempt attempt, int api)
    {
        if (await TryAsync(attempt, api) is not { } again || !Attempt.IsPromise(again)) return;
        if (Attempt.OperationOf(again) != attempt.OperationId) _violations.Enqueue($"{attempt}: another operation when it was sent again, {Attempt.OperationOf(again)}");
        if (attempt.Waited is { } before && again.Status != HttpStatusCode.Accepted && !SameOutcome(before, again.Status))
            _violations.Enqueue($"{attempt}: answered {before} and then {again.Status}");
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private async Task RunClientAsync(int client)
    {
        var random = new Random(seed ^ client);
        var authors = Enumerable.Range(0, Authors).Select(_ => Guid.CreateVersion7()).ToArray();
        var books = Enumerable.Range(0, Books).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var i = 0; i < commands || !_mayEnd; i++)
        {
            await _go.Task;
            Interlocked.Increment(ref _sending);
            try
            {
                await SendAsync(Next(random, client, i, authors, books), random);
            }
            finally
            {
                Interlocked.Decrement(ref _sending);
            }

            // People think between two requests; and a load that waits for a fault must not outgrow the check.
            await Task.Delay(random.Next(i < commands ? 10 : 100));
        }
    }

    private Attempt Next(Random random, int client, int number, Guid[] authors, Guid[] books)
    {
        var token = string.Create(CultureInfo.InvariantCulture, $"{name}-{client}-{number}");
        var (author, book) = (authors[random.Next(Authors)], books[random.Next(Books)]);
        var names = authors.OrderBy(_ => random.Next()).Take(random.Next(1, 3)).ToArray();
        var (method, path, resource, body) = (number < Authors ? -1 : random.Next(100)) switch
        {
            < 0 => (HttpMethod.Put, $"/v1/authors/{authors[number]}", authors[number], new { name = token }),
            < 25 => (HttpMethod.Put, $"/v1/authors/{author}", author, new { name = token }),
            < 55 => (HttpMethod.Put, $"/v1/books/{book}", book, new { title = token, authorIds = names }),
            < 62 => (HttpMethod.Patch, $"/v1/authors/{author}", author, new { name = token }),
            < 70 => (HttpMethod.Patch, $"/v1/books/{book}", book, new { title = token }),
            < 75 => (HttpMethod.Post, "/v1/authors", (Guid?)null, (object?)new { name = token }),
            < 83 => (HttpMethod.Delete, $"/v1/authors/{author}", author, null),
            < 88 => (HttpMethod.Delete, $"/v1/books/{book}", book, null),
            < 95 => (HttpMethod.Post, $"/v1/authors/{author}/restore", author, null),
            _ => (HttpMethod.Post, $"/v1/books/{book}/restore", book, null),
        };
        // What says nothing of its own needs a key, to be found again.
        var keyed = body is null || random.Next(100) < 70;
        return new Attempt(client, method, path, resource, body, body is null ? null : token, keyed ? "key-" + token : null, random.Next(100) < 40);
    }

    private async Task SendAsync(Attempt attempt, Random random)
    {
        Answer? answer = null;
        try
        {
            if (attempt.Key is null) answer = await TryAsync(attempt, random.Next(2));
            else await Eventually.HoldsAsync(async () => Attempt.IsPromise(answer = await TryAsync(attempt, random.Next(2))), $"{attempt} is acknowledged");
        }
        finally
        {
            attempt.Known = Attempt.IsPromise(answer) ? Known.Acknowledged : answer?.Problem == "not-accepted" ? Known.NotAccepted : Known.Nothing;
            if (attempt.Known == Known.Acknowledged) attempt.OperationId = Attempt.OperationOf(answer!);
            _attempts.Enqueue(attempt);
        }

        if (attempt.Known != Known.Acknowledged) return;
        if (answer!.Status != HttpStatusCode.Accepted) attempt.Waited = answer.Status;
        if ((int)answer.Status is 200 or 201 or 204) await ReadsItsWriteAsync(attempt, answer, random.Next(2));
        if (attempt.Key is not null && random.Next(100) < 15) await RepeatAsync(attempt, random.Next(2));
    }

    private Task<Answer?> TryAsync(Attempt attempt, int api) =>
        Answers.OrNullAsync(() => cluster.Apis[api].SendAsync(attempt.Method, attempt.Path, attempt.Body, attempt.Headers));

    /// <summary>A resource that is gone meanwhile has no representation: 204 instead of 200.</summary>
    private static bool SameOutcome(HttpStatusCode one, HttpStatusCode other) => one == other || ((int)one < 300 && (int)other < 300);

    private async Task ReadsItsWriteAsync(Attempt attempt, Answer answer, int api)
    {
        // What was left open before may still be applied behind it.
        if (attempt.Resource is not { } id || _attempts.Any(other => other.Known != Known.Acknowledged && other.Resource == id)) return;
        var isBook = attempt.Path.StartsWith("/v1/books", StringComparison.Ordinal);
        var position = answer.Header("Library-Position")!;
        var read = await Answers.OrNullAsync(() => cluster.Apis[api].GetAsync(isBook ? $"/v1/books/{id}" : $"/v1/authors/{id}", ("Library-Min-Position", position)));
        if (read is null || read.Status == HttpStatusCode.ServiceUnavailable) return;
        var isAsWritten = (attempt.Method == HttpMethod.Delete, read.Status) switch
        {
            (true, _) => read.Status == HttpStatusCode.NotFound,
            (false, HttpStatusCode.OK) => answer.Header("ETag") is not { } etag || read.Body.GetProperty("version").GetInt32() >= int.Parse(etag.Trim('"'), CultureInfo.InvariantCulture),
            // A book may have followed its author meanwhile.
            _ => isBook && read.Status == HttpStatusCode.NotFound,
        };
        if (!isAsWritten) _violations.Enqueue($"{attempt}: applied at {position} with {answer.Status} {answer.Header("ETag")}, then read: {read.Status} {read.Body}");
    }
}
