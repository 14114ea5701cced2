using System.ComponentModel;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Operations;
using Library.Hosting.Errors;
using Library.Hosting.Messaging;
using Library.Hosting.Operations;

namespace Library.Api.Features.DeadLetters;

internal static class ReplayDeadLetterEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/dead-letters/{id:guid}/replay", HandleAsync)
        .WithName("ReplayDeadLetter")
        .WithSummary("Send a message again that was dead-lettered")
        .WithDescription("As a new operation, whose replayOf names the old one; the old outcome stands. A letter has one replay: asked for again, it is the same operation. A message that still cannot be read: 409.")
        .Produces<OperationResponse>(StatusCodes.Status202Accepted)
        .Refuses(404, 409, 503);

    private static async Task<IResult> HandleAsync(
        [Description("The letter's id.")] Guid id, HttpContext http, DeadLetterStore letters, OperationIds ids, CommandPublisher publisher)
    {
        if (await letters.FindBodyAsync(id, http.RequestAborted) is not { } body) return new ProblemResult(Problems.NotFound("dead letter", id));
        var (command, unreadable) = CommandEnvelope.Read(body);
        if (command is null) return new ProblemResult(Problems.NotReplayable(unreadable!));
        if (await letters.ClaimAsync(id, ids.Next(command.Actor ?? ""), http.RequestAborted) is not { } replay) return new ProblemResult(Problems.NotFound("dead letter", id));

        ids.TryRead(replay.OperationId, out var acceptedAt);
        var result = await publisher.PublishAsync(command with { OperationId = replay.OperationId, AcceptedAt = acceptedAt });
        if (result == PublishResult.NotAccepted) return new ProblemResult(Problems.NotAccepted);
        http.Response.Headers["Operation-Location"] = http.Request.PathBase + OperationRoutes.PathOf(replay.OperationId);
        if (result == PublishResult.Unconfirmed) return new ProblemResult(Problems.Unconfirmed);
        http.Response.Headers.RetryAfter = "1";
        http.Response.Headers.CacheControl = "no-store";
        return JsonResult.Of(
            StatusCodes.Status202Accepted,
            new OperationResponse { Id = replay.OperationId, Status = OperationStatus.Pending, AcceptedAt = acceptedAt.UtcDateTime, ReplayOf = replay.ReplayOf },
            OperationJson.Responses.OperationResponse);
    }
}
