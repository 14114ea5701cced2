using Library.Contracts;
using Library.Hosting.Errors;
using Npgsql;

namespace Library.Api.Infrastructure.Http;

/// <summary>Answers everything that is not a success with problem details: refusals, faults and the server's own bare status codes.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted) http.Response.StatusCode = ClientClosedRequest;
            return;
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            var problem = ProblemOf(http, fault);
            http.Response.Clear();
            await ProblemWriter.WriteAsync(http, problem);
            return;
        }

        if (http.Response is { StatusCode: >= 400 and not ClientClosedRequest, HasStarted: false, ContentLength: null, ContentType: null })
            await ProblemWriter.WriteAsync(http, StatusProblems.Of(http, http.Response.StatusCode));
    }

    private Problem ProblemOf(HttpContext http, Exception fault)
    {
        switch (fault)
        {
            case RefusalException refusal:
                return refusal.Problem;
            case BadHttpRequestException bad when bad.StatusCode != StatusCodes.Status400BadRequest:
                return StatusProblems.Of(http, bad.StatusCode);
            // Thrown by the server for a chunk size that overflows; any other malformed chunk is reported as above.
            case IOException { InnerException: OverflowException }:
            case BadHttpRequestException:
                return Problems.Malformed("The server could not read the request.");
            case NpgsqlException or TimeoutException or OperationCanceledException:
                LogUnavailable(fault, http.Request.Method, http.Request.Path);
                return Problems.Unavailable;
            default:
                LogFault(fault, http.Request.Method, http.Request.Path, ProblemWriter.TraceIdOf(http));
                return Problems.Fault;
        }
    }

    [LoggerMessage(100, LogLevel.Error, "{Method} {Path} failed, traceId {TraceId}")]
    private partial void LogFault(Exception fault, string method, string path, string traceId);

    [LoggerMessage(101, LogLevel.Warning, "{Method} {Path}: the database did not answer")]
    private partial void LogUnavailable(Exception fault, string method, string path);
}
