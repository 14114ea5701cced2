using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Library.Testing;

/// <summary>The broker's management API, for what AMQP can't do.</summary>
internal static class RabbitMqManagement
{
    public static async Task<Uri> CreateVhostAsync(Uri broker, Uri? management)
    {
        if (management is null)
        {
            throw new InvalidOperationException(
                "Each test has a vhost of its own, made through the management API: set LIBRARY_TEST_RABBITMQ_MANAGEMENT, e.g. http://127.0.0.1:15672.");
        }

        var name = "test-" + Guid.CreateVersion7().ToString("N");
        var user = Uri.UnescapeDataString(broker.UserInfo);
        using var http = Client(broker, management);
        using var json = new StringContent("""{ "configure": ".*", "write": ".*", "read": ".*" }""", Encoding.UTF8, "application/json");
        using var empty = new StringContent("{}", Encoding.UTF8, "application/json");
        (await http.PutAsync(new Uri($"/api/vhosts/{name}", UriKind.Relative), empty)).EnsureSuccessStatusCode();
        (await http.PutAsync(new Uri($"/api/permissions/{name}/{Uri.EscapeDataString(user.Split(':')[0])}", UriKind.Relative), json)).EnsureSuccessStatusCode();
        return new UriBuilder(broker) { Path = "/" + name }.Uri;
    }

    /// <summary>Names of the vhost's queues.</summary>
    public static async Task<IReadOnlyList<string>> QueuesAsync(Uri vhost, Uri management)
    {
        using var http = Client(vhost, management);
        var queues = await http.GetFromJsonAsync<JsonElement[]>(new Uri($"/api/queues{vhost.AbsolutePath}?columns=name", UriKind.Relative));
        return [.. queues!.Select(queue => queue.GetProperty("name").GetString()!)];
    }

    private static HttpClient Client(Uri broker, Uri management)
    {
        var http = new HttpClient { BaseAddress = management };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(broker.UserInfo))));
        return http;
    }
}
