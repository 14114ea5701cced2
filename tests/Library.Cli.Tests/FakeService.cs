using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Library.Cli.Tests;

/// <summary>A server on loopback that speaks as much of the HTTP contract as a test maps.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeService(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<FakeService> StartAsync(Action<WebApplication> routes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        routes(app);
        await app.StartAsync();
        return new FakeService(app);
    }

    /// <summary>Runs a command against this service, in this process.</summary>
    public Task<Run> RunAsync(params string[] arguments) => Run.OfAsync([.. arguments, "--url", Url]);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal static class FakeAnswers
{
    public static IResult Json(string json, int status = 200) => Results.Text(json, "application/json", statusCode: status);

    public static IResult Problem(int status, string kind, string detail, string? errors = null) => Results.Text(
        $$"""{"type":"/problems#{{kind}}","title":"The {{kind}} title","status":{{status}},"detail":"{{detail}}"{{(errors is null ? "" : $",\"errors\":{errors}")}}}""",
        "application/problem+json",
        statusCode: status);

    /// <summary>Sends a piece of a stream of Server-Sent Events.</summary>
    public static async Task StreamAsync(this HttpContext http, string text)
    {
        if (!http.Response.HasStarted) http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync(text);
        await http.Response.Body.FlushAsync();
    }

    /// <summary>Sends all of this, and closes the connection before the end that was announced. (To abort it could take back what is not read yet.)</summary>
    public static async Task BreakOffAsync(this HttpContext http, string mediaType, string text)
    {
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(text) + 1;
        await http.Response.WriteAsync(text);
    }
}
