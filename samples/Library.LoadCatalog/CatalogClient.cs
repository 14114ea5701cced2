using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Library.LoadCatalog;

/// <summary>What <c>GET /v1/operations/{id}</c> answers, as far as it is of use here.</summary>
internal sealed record Operation(Guid Id, string Status, Guid? ResourceId, DateTimeOffset AcceptedAt, DateTimeOffset? CompletedAt, JsonElement? Problem);

/// <summary>Sends commands and asks what became of them. Repeats what the service could not take now, for as long as the patience lasts.</summary>
internal sealed class CatalogClient(LoadOptions options) : IDisposable
{
    /// <summary>Longer than the API waits for anything.</summary>
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = options.InFlight })
    {
        BaseAddress = options.Library,
        Timeout = TimeSpan.FromSeconds(40),
    };

    private int _repeats;

    public int Repeats => _repeats;

    /// <summary>Returns once the command is accepted (202): it will be applied exactly once, or refused with a reason.</summary>
    public async Task<Operation> CreateAsync(CatalogRecord record)
    {
        // A second POST of a creation that was applied is refused (409). After a try that may have arrived, a PUT says the same and is
        // applied or finds nothing to change: the id is ours, so whatever it finds there is of our own first try.
        var mayHaveArrived = false;
        return await RepeatAsync(async () =>
        {
            using var request = mayHaveArrived
                ? new HttpRequestMessage(HttpMethod.Put, $"/v1/{record.Plural}/{record.Id}")
                : new HttpRequestMessage(HttpMethod.Post, $"/v1/{record.Plural}");
            request.Content = new ByteArrayContent(record.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            var mightHaveBefore = mayHaveArrived;
            mayHaveArrived = true;
            using var response = await _http.SendAsync(request);
            mayHaveArrived = mightHaveBefore || !await NeverArrivedAsync(response);
            return await ReadAsync(response, HttpStatusCode.Accepted);
        });
    }

    /// <summary>Returns once the operation is decided.</summary>
    public Task<Operation> OutcomeAsync(Guid operationId) => RepeatAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/operations/{operationId}") { Headers = { { "Prefer", "wait=30" } } };
        using var response = await _http.SendAsync(request);
        var operation = await ReadAsync(response, HttpStatusCode.OK);
        return operation is { Status: not "pending" } ? operation : null;
    });

    public void Dispose() => _http.Dispose();

    /// <param name="tryAsync">Null, or a lost connection: not now.</param>
    private async Task<Operation> RepeatAsync(Func<Task<Operation?>> tryAsync)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            Exception? lost = null;
            try
            {
                if (await tryAsync() is { } operation) return operation;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException)
            {
                lost = fault;
            }

            if (Stopwatch.GetElapsedTime(started) > options.Patience) throw new TimeoutException($"No success within {options.Patience.TotalSeconds} s.", lost);
            Interlocked.Increment(ref _repeats);
            await Task.Delay(TimeSpan.FromSeconds(0.75 + Random.Shared.NextDouble() / 2));
        }
    }

    /// <returns>Null: too many requests (429), or the broker or the database is away (503).</returns>
    private static async Task<Operation?> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) return null;
        if (response.StatusCode == expected) return await response.Content.ReadFromJsonAsync<Operation>();
        throw new InvalidOperationException(
            $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    private static async Task<bool> NeverArrivedAsync(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.TooManyRequests
        || (response.StatusCode == HttpStatusCode.ServiceUnavailable && (await response.Content.ReadAsStringAsync()).Contains("/problems#not-accepted", StringComparison.Ordinal));
}
