using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Operations;

namespace Library.Api.Infrastructure.Commands;

/// <summary>Marks a route as a command: its conditional headers, its 202 and the problems that any command may meet.</summary>
internal sealed record CommandRoute(TakesPreconditions Takes);

internal static class CommandRoutes
{
    /// <summary>A command: 202, or its outcome with <c>Prefer: wait</c>.</summary>
    public static RouteHandlerBuilder IsCommand(this RouteHandlerBuilder route, TakesPreconditions takes, params int[] refusals) => route
        .WithMetadata(new CommandRoute(takes))
        .Produces<OperationResponse>(StatusCodes.Status202Accepted)
        .TakesPreferWait()
        .Refuses([400, 422, 429, 503, .. refusals]);
}
