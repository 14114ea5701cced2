using System.ComponentModel;
using System.Globalization;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Operations;
using Library.Hosting.Errors;
using Library.Hosting.Operations;
using Microsoft.Extensions.Options;

namespace Library.Api.Features.Operations;

internal static class GetOperationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/operations/{id:guid}", HandleAsync)
        .WithName("GetOperation")
        .WithTags("Operations")
        .WithSummary("What became of a command")
        .WithDescription("pending, succeeded or refused with its problem. With Prefer: wait=N the answer comes as soon as the operation is decided, at the latest after N seconds.")
        .Produces<OperationResponse>()
        .TakesPreferWait()
        .Refuses(404, 410, 503);

    private static async Task<IResult> HandleAsync(
        [Description("The operation's id, from Operation-Location.")] Guid id,
        HttpContext http,
        OperationIds ids,
        OperationOutcomes outcomes,
        Callers callers,
        IOptions<OperationsOptions> options,
        TimeProvider time)
    {
        var caller = callers.Of(http);
        // An operation of another caller is reported as not found, so that its existence is not revealed.
        if (!ids.TryRead(id, out var issuedAt) || !(caller.IsAdmin || ids.MayBeOf(id, caller.Name))) return new ProblemResult(Problems.NotFound("operation", id));
        if (issuedAt + options.Value.Retention < time.GetUtcNow()) return new ProblemResult(Problems.Expired(id, options.Value.Retention));

        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        var outcome = await FindAsync(http, id, outcomes);
        if (outcome is not null && !caller.MaySee(outcome.Caller)) return new ProblemResult(Problems.NotFound("operation", id));
        if (outcome is null)
        {
            headers.RetryAfter = "1";
            var pending = new OperationResponse { Id = id, Status = OperationStatus.Pending, AcceptedAt = issuedAt.UtcDateTime };
            return JsonResult.Of(StatusCodes.Status200OK, pending, OperationJson.Responses.OperationResponse);
        }

        headers["Library-Position"] = outcome.Position.ToString(CultureInfo.InvariantCulture);
        return JsonResult.Of(StatusCodes.Status200OK, outcome.ToResponse(), OperationJson.Responses.OperationResponse);
    }

    private static async Task<Outcome?> FindAsync(HttpContext http, Guid id, OperationOutcomes outcomes)
    {
        if (Prefer.Read(http.Request.Headers["Prefer"]) is not { RespondAsync: false, Wait: { } wait }) return await outcomes.FindAsync(id, http.RequestAborted);
        var (outcome, waited) = await outcomes.WaitAsync(id, wait, http.RequestAborted);
        if (!waited) return await outcomes.FindAsync(id, http.RequestAborted);
        http.Response.Headers["Preference-Applied"] = Prefer.Applied(wait);
        return outcome;
    }
}
