using System.Net.Http.Json;
using System.Text.Json;
using Library.Testing.Hosts;

namespace Library.Bench;

/// <summary>Single resources to measure with.</summary>
internal static class Sample
{
    public const string AuthorJson = """{"name":"Ursula K. Le Guin","bio":"American author of speculative fiction, of realistic fiction, essays and poems.","birthDate":"1929-10-21"}""";

    /// <summary>Creates an author and waits until it is there.</summary>
    public static async Task<Guid> CreateAuthorAsync(this HostProcess api)
    {
        using var answer = await api.SendAsync(HttpMethod.Post, "/v1/authors", AuthorJson, wait: true);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    public static async Task<HttpResponseMessage> SendAsync(this HostProcess api, HttpMethod method, string path, string json, bool wait)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(json, null, "application/json") };
        if (wait) request.Headers.Add("Prefer", "wait=10");
        return (await api.Http.SendAsync(request)).EnsureSuccessStatusCode();
    }
}
