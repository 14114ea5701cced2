using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Operations;
using Library.Api.Infrastructure.Reading;
using Library.Contracts.Commands;
using Library.Hosting.Errors;
using Library.Hosting.Operations;
using Library.Hosting.TestHooks;
using Npgsql;

namespace Library.Api.Infrastructure.Commands;

/// <summary>Publishes a command and answers: the 202, or its outcome when the client waits for it.</summary>
internal sealed class CommandSender(CommandPublisher publisher, OperationOutcomes outcomes, CatalogReader catalog)
{
    public async Task<IResult> SendAsync(CommandRequest request, ResourceName resource, CatalogCommand command)
    {
        CrashPoint.At("after-parse");
        var http = request.Http;
        if (request.Actor is not null) command = command with { Actor = request.Actor };
        using var waiter = request.IsDecided || request.Prefer is not { RespondAsync: false, Wait: not null } ? null : outcomes.TryJoin(request.OperationId);
        var result = request.IsDecided ? PublishResult.Confirmed : await publisher.PublishAsync(command);
        http.Features.Get<CommandSlots.Slot>()?.Dispose();
        if (result == PublishResult.NotAccepted) return new ProblemResult(Problems.NotAccepted);
        http.Response.Headers["Operation-Location"] = http.Request.PathBase + OperationRoutes.PathOf(request.OperationId);
        if (result == PublishResult.Unconfirmed) return new ProblemResult(Problems.Unconfirmed);

        if (request.Prefer.RespondAsync) http.Response.Headers["Preference-Applied"] = "respond-async";
        else if (request.Prefer.Wait is { } wait && await OutcomeAsync(request, resource, waiter, wait) is { } answer) return answer;

        var decided = request.IsDecided ? await outcomes.FindAsync(request.OperationId, http.RequestAborted) : null;
        http.Response.Headers.Location = http.Request.PathBase + resource.Path;
        http.Response.Headers.RetryAfter = "1";
        http.Response.Headers.CacheControl = "no-store";
        return JsonResult.Of(StatusCodes.Status202Accepted, decided?.ToResponse() ?? new OperationResponse
        {
            Id = request.OperationId,
            Status = OperationStatus.Pending,
            Resource = resource.Type.Name,
            ResourceId = resource.Id,
            AcceptedAt = request.AcceptedAt.UtcDateTime,
        }, OperationJson.Responses.OperationResponse);
    }

    /// <summary>Null: no outcome in time, or the database did not answer. Either way the command is accepted, so 202 is correct.</summary>
    private async Task<IResult?> OutcomeAsync(CommandRequest request, ResourceName resource, OperationWaiters.Waiter? waiter, TimeSpan wait)
    {
        var http = request.Http;
        try
        {
            if (waiter is null && !request.IsDecided) return null;
            var outcome = await (waiter is null ? outcomes.FindAsync(request.OperationId, http.RequestAborted) : outcomes.WaitAsync(waiter, wait, http.RequestAborted));
            http.Response.Headers["Preference-Applied"] = Prefer.Applied(wait);
            if (outcome is null) return null;
            var representation = outcome.Representation
                ?? (outcome.Effect is null or Effects.Deleted ? null : (await catalog.FindAsync(resource, http.RequestAborted)).Found);
            return OutcomeAnswer.Of(http, outcome, resource, representation);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException
            || (fault is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            return null;
        }
    }
}
