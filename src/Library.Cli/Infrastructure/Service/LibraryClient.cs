using System.Net;
using System.Net.Http.Headers;

namespace Library.Cli.Infrastructure.Service;

/// <summary>Speaks to the service; whatever is no success becomes one of two exceptions.</summary>
internal sealed class LibraryClient : IDisposable
{
    /// <summary>Longer than the service waits for anything on behalf of a request.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(60);

    /// <summary>Whatever else answers at a wrong address sends a page for people.</summary>
    private static readonly string?[] OurTypes = ["application/json", "application/x-ndjson", "text/csv", "text/event-stream"];

    private readonly HttpClient _http;

    /// <param name="url">Ends with a slash.</param>
    /// <param name="key">Bearer token; null: none is sent.</param>
    public LibraryClient(Uri url, string? key)
    {
        Url = url;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PlaintextStreamFilter = (connection, _) => ValueTask.FromResult(
                connection.InitialRequestMessage.Content is UploadContent upload ? new UploadStream(connection.PlaintextStream, upload) : connection.PlaintextStream),
            UseCookies = false,
        })
        {
            BaseAddress = url,
            // An upload may take hours; what should be quick has a limit of its own.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("library-cli", typeof(LibraryClient).Assembly.GetName().Version!.ToString(3)));
        if (!string.IsNullOrEmpty(key)) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Url { get; }

    /// <param name="path">Relative, without a leading slash.</param>
    /// <returns>The body.</returns>
    public Task<string> GetAsync(string path, CancellationToken cancellation, params (string Name, string Value)[] headers) =>
        TextAsync(Request(HttpMethod.Get, path, headers), cancellation);

    public Task<string> PostAsync(string path, CancellationToken cancellation) => TextAsync(Request(HttpMethod.Post, path), cancellation);

    /// <param name="json">The body.</param>
    public Task<string> PostAsync(string path, string json, CancellationToken cancellation)
    {
        var request = Request(HttpMethod.Post, path);
        request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        return TextAsync(request, cancellation);
    }

    public Task DeleteAsync(string path, CancellationToken cancellation) => TextAsync(Request(HttpMethod.Delete, path), cancellation);

    /// <summary>The body as it arrives. A server that is silent for a minute counts as gone.</summary>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellation, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, path, headers);
        var response = await SendAsync(request, AnswerTime, cancellation);
        return new AnswerStream(await response.Content.ReadAsStreamAsync(cancellation), Url, AnswerTime, response);
    }

    /// <param name="limit">Until the head of the answer is there.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellation)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        soon.CancelAfter(limit);
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, soon.Token);
            if (response.StatusCode == HttpStatusCode.NoContent || (response.IsSuccessStatusCode && OurTypes.Contains(response.Content.Headers.ContentType?.MediaType))) return response;
            using (response) throw await FaultAsync(response, soon.Token);
        }
        catch (Exception fault) when (IsLost(fault) && !cancellation.IsCancellationRequested)
        {
            throw new ServiceAwayException(Url, fault);
        }
    }

    public void Dispose() => _http.Dispose();

    public static HttpRequestMessage Request(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private async Task<string> TextAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            using var response = await SendAsync(request, AnswerTime, cancellation);
            await using var body = new AnswerStream(await response.Content.ReadAsStreamAsync(cancellation), Url, AnswerTime);
            using var text = new StreamReader(body);
            return await text.ReadToEndAsync(cancellation);
        }
    }

    private static bool IsLost(Exception fault) => fault is HttpRequestException or IOException or OperationCanceledException;

    private async Task<Exception> FaultAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode) return new ServiceRefusedException(Refusal.NotLibrary(Url));
        var refusal = Refusal.Read((int)response.StatusCode, response.ReasonPhrase, await response.Content.ReadAsStringAsync(cancellation));
        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            ? new ServiceAwayException(refusal)
            : new ServiceRefusedException(refusal);
    }
}
