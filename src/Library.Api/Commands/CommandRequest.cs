using System.Reflection;
using Library.Api.Http;
using Library.Hosting.Operations;

namespace Library.Api.Commands;

/// <summary>What every command request carries besides its body, and the operation that it becomes.</summary>
internal sealed class CommandRequest
{
    private CommandRequest(HttpContext http, Guid operationId, DateTimeOffset acceptedAt)
    {
        Http = http;
        OperationId = operationId;
        AcceptedAt = acceptedAt;
    }

    public HttpContext Http { get; }

    public Guid OperationId { get; }

    /// <summary>The time in the operation's id, so that every answer about it tells the same time.</summary>
    public DateTimeOffset AcceptedAt { get; }

    public Prefer Prefer { get; private init; }

    public Preconditions If { get; private init; }

    public static ValueTask<CommandRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var ids = http.RequestServices.GetRequiredService<OperationIds>();
        var operationId = ids.Next();
        ids.TryRead(operationId, out var acceptedAt);
        var takes = http.GetEndpoint()!.Metadata.GetMetadata<CommandRoute>()!.Takes;
        return ValueTask.FromResult<CommandRequest?>(new(http, operationId, acceptedAt)
        {
            Prefer = Prefer.Read(http.Request.Headers["Prefer"]),
            If = Preconditions.Read(http.Request.Headers, takes),
        });
    }

    public Guid NewResourceId() => Guid.CreateVersion7(AcceptedAt);
}
