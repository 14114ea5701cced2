using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>What a client sends, in one line each.</summary>
internal static class Requests
{
    public static readonly (string, string) Wait = ("Prefer", "wait=30");

    public static async Task<Answer> SendAsync(this HostProcess api, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
            if (method == HttpMethod.Patch) request.Content.Headers.ContentType = new("application/merge-patch+json");
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await api.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public static Task<Answer> GetAsync(this HostProcess api, string path, params (string Name, string Value)[] headers) => api.SendAsync(HttpMethod.Get, path, null, headers);

    public static Task<Answer> PostAsync(this HostProcess api, string path, object? body = null, params (string Name, string Value)[] headers) => api.SendAsync(HttpMethod.Post, path, body, headers);

    public static Task<Answer> PutAsync(this HostProcess api, string path, object body, params (string Name, string Value)[] headers) => api.SendAsync(HttpMethod.Put, path, body, headers);

    public static Task<Answer> PatchAsync(this HostProcess api, string path, object body, params (string Name, string Value)[] headers) => api.SendAsync(HttpMethod.Patch, path, body, headers);

    public static Task<Answer> DeleteAsync(this HostProcess api, string path, params (string Name, string Value)[] headers) => api.SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>Creates an author and waits until it is there.</summary>
    public static async Task<Guid> CreateAuthorAsync(this HostProcess api, string name = "Ursula K. Le Guin") =>
        (await api.PostAsync("/v1/authors", new { name }, Wait)).Is(HttpStatusCode.Created).Id;

    /// <summary>Creates a book and waits until it is there.</summary>
    public static async Task<Guid> CreateBookAsync(this HostProcess api, string title, params Guid[] authorIds) =>
        (await api.PostAsync("/v1/books", new { title, authorIds }, Wait)).Is(HttpStatusCode.Created).Id;

    /// <summary>Waits until the operation is decided.</summary>
    public static async Task<JsonElement> OutcomeAsync(this HostProcess api, Guid operationId)
    {
        var outcome = default(JsonElement);
        await Eventually.HoldsAsync(
            async () =>
            {
                var answer = await api.GetAsync($"/v1/operations/{operationId}", ("Prefer", "wait=5"));
                outcome = answer.Body;
                return answer.Status == HttpStatusCode.OK && outcome.GetProperty("status").GetString() != "pending";
            },
            $"operation {operationId} is decided");
        return outcome;
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    /// <summary>The resource's id of a representation, the operation's id of a 202.</summary>
    public Guid Id => Body.GetProperty("id").GetGuid();

    /// <summary>Of a 202.</summary>
    public Guid ResourceId => Body.GetProperty("resourceId").GetGuid();

    public string? Problem => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("type", out var type) ? type.GetString()!.Split('#')[^1] : null;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public Answer Is(HttpStatusCode status)
    {
        Status.ShouldBe(status, Body.ToString());
        return this;
    }
}
