using System.Diagnostics;

namespace Library.Api.Infrastructure.Commands;

/// <summary>
/// The trace that a command belongs to, and that its events continue. The server starts one per request only if traces are exported or
/// the access log is on: for reads, starting a trace would cost more than answering from the cache.
/// </summary>
internal static class CommandTrace
{
    /// <summary>Continues the client's trace, or starts one. Null: the server has already started one.</summary>
    public static Activity? Start(HttpRequest request)
    {
        if (Activity.Current is not null) return null;
        var activity = new Activity("command").SetIdFormat(ActivityIdFormat.W3C);
        if (ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, out var client))
            activity.SetParentId(client.TraceId, client.SpanId, client.TraceFlags);
        return activity.Start();
    }
}
