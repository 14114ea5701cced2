using System.ComponentModel;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;

namespace Library.Api.Features.DeadLetters;

internal static class DiscardDeadLetterEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/dead-letters/{id:guid}", HandleAsync)
        .WithName("DiscardDeadLetter")
        .WithSummary("Discard a message that was dead-lettered")
        .WithDescription("It is not shown any more and its body is gone. Its operation's outcome stands.")
        .Produces(StatusCodes.Status204NoContent)
        .Refuses(404, 503);

    private static async Task<IResult> HandleAsync([Description("The letter's id.")] Guid id, HttpContext http, DeadLetterStore letters) =>
        await letters.DiscardAsync(id, http.RequestAborted) ? Results.NoContent() : new ProblemResult(Problems.NotFound("dead letter", id));
}
