using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Npgsql;

namespace Library.Api.Features.Imports;

internal static class FollowImportEndpoint
{
    /// <summary>Polling interval of the row: twice a second looks continuous to a person.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Keep-alive interval, so that proxies do not close an idle connection.</summary>
    private const int KeepAliveLooks = 30;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/imports/{id:guid}/progress", HandleAsync)
        .WithName("FollowImport")
        .WithSummary("Follow an import")
        .WithDescription("Server-Sent Events: event progress, data the same as GET /v1/imports/{id}, at first at once, then whenever it has changed, twice a second at most, until the import has ended.")
        .Produces<string>(StatusCodes.Status200OK, MediaTypes.EventStream)
        .Answers([MediaTypes.EventStream])
        .Refuses(404, 503);

    private static async Task<IResult> HandleAsync(
        [Description("The import's id.")] Guid id, HttpContext http, ImportReader reader, Callers callers, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        var caller = callers.Of(http);
        if (await reader.FindAsync(id, caller, http.RequestAborted) is not { } import) return new ProblemResult(Problems.NotFound("import", id));
        var headers = http.Response.Headers;
        headers.ContentType = MediaTypes.EventStream;
        headers.CacheControl = "no-store";
        // Keeps proxies from buffering the response.
        headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(http.Request.Method)) return Results.Empty;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await FollowAsync(http.Response, reader, caller, import, time, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client has gone, or this instance stops: the client asks another one.
        }

        return Results.Empty;
    }

    private static async Task FollowAsync(HttpResponse response, ImportReader reader, Caller caller, ImportResponse import, TimeProvider time, CancellationToken stop)
    {
        await TellAsync(response, import, stop);
        using var timer = new PeriodicTimer(Interval, time);
        var silent = 0;
        while (!HasEnded(import) && await timer.WaitForNextTickAsync(stop))
        {
            var now = await FindAsync(reader, caller, import, stop);
            if (now != import) await TellAsync(response, now, stop);
            else if (++silent % KeepAliveLooks == 0) await WriteAsync(response, ": still here\n\n", stop);
            import = now;
        }
    }

    private static bool HasEnded(ImportResponse import) => ImportStatus.IsEnd(import.Status) && import.Undo is not { Status: ImportStatus.Running };

    private static async Task<ImportResponse> FindAsync(ImportReader reader, Caller caller, ImportResponse last, CancellationToken stop)
    {
        try
        {
            return await reader.FindAsync(last.Id, caller, stop) ?? last;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException && !stop.IsCancellationRequested)
        {
            // Closing the connection would not bring the database back, so the client waits too.
            return last;
        }
    }

    private static Task TellAsync(HttpResponse response, ImportResponse import, CancellationToken stop) => WriteAsync(
        response, $"event: progress\ndata: {JsonSerializer.Serialize(import, ImportJson.Responses.ImportResponse)}\n\n", stop);

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken stop)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
        await response.Body.FlushAsync(stop);
    }
}
