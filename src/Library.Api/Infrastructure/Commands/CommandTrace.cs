using System.Diagnostics;

namespace Library.Api.Infrastructure.Commands;

/// <summary>
/// The trace that a command belongs to, which its events carry on. The server begins one for each request only where traces are exported or
/// the access log is on: for reads that would cost more than to answer them from the cache.
/// </summary>
internal static class CommandTrace
{
    /// <summary>Goes on with the client's trace, or begins one. Null: the server has.</summary>
    public static Activity? Start(HttpRequest request)
    {
        if (Activity.Current is not null) return null;
        var activity = new Activity("command").SetIdFormat(ActivityIdFormat.W3C);
        if (ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, out var client))
            activity.SetParentId(client.TraceId, client.SpanId, client.TraceFlags);
        return activity.Start();
    }
}
