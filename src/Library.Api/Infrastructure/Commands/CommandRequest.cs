using System.Reflection;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Operations;

namespace Library.Api.Infrastructure.Commands;

/// <summary>What every command request carries besides its body, and the operation that it becomes. Bound behind the body, which is part of the request.</summary>
internal sealed class CommandRequest
{
    private readonly Guid _newResourceId;

    private CommandRequest(HttpContext http, IdempotencyClaim claim, DateTimeOffset acceptedAt)
    {
        Http = http;
        (OperationId, _newResourceId, IsDecided) = claim;
        AcceptedAt = acceptedAt;
    }

    public HttpContext Http { get; }

    public Guid OperationId { get; }

    /// <summary>The time in the operation's id, so that every response about it has the same time.</summary>
    public DateTimeOffset AcceptedAt { get; }

    /// <summary>A repeated request (same idempotency key) whose operation already has an outcome.</summary>
    public bool IsDecided { get; }

    /// <summary>The caller that sent the command; null: callers are not identified.</summary>
    public string? Actor { get; private init; }

    public Prefer Prefer { get; private init; }

    public Preconditions If { get; private init; }

    public static async ValueTask<CommandRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var takes = http.GetEndpoint()!.Metadata.GetMetadata<CommandRoute>()!.Takes;
        var conditions = Preconditions.Read(http.Request.Headers, takes);
        var key = IdempotencyKey.Read(http.Request.Headers);
        var ids = http.RequestServices.GetRequiredService<OperationIds>();
        var caller = http.RequestServices.GetRequiredService<Callers>().Of(http);
        var operationId = ids.Next(caller.Name);
        ids.TryRead(operationId, out var acceptedAt);
        var claim = new IdempotencyClaim(operationId, Guid.CreateVersion7(acceptedAt), IsDecided: false);
        if (key is not null)
        {
            claim = await http.RequestServices.GetRequiredService<IdempotencyKeys>().ClaimAsync(http, caller.Name, key, operationId, claim.ResourceId);
            ids.TryRead(claim.OperationId, out acceptedAt);
        }

        return new(http, claim, acceptedAt)
        {
            Actor = caller.Actor,
            Prefer = Prefer.Read(http.Request.Headers["Prefer"]),
            If = conditions,
        };
    }

    /// <summary>The id of a resource whose client left it out; the same each time that the request is repeated under its key.</summary>
    public Guid NewResourceId() => _newResourceId;
}
