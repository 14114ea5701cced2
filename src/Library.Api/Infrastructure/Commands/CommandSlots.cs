using Library.Api.Infrastructure.Http;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Commands;

/// <summary>
/// Bounds the commands that this instance is taking in at once, from before the first byte of a body is read until the broker has
/// confirmed. Past the limit a request is refused immediately, before memory grows and every client has to wait.
/// </summary>
internal sealed class CommandSlots(IOptions<LimitOptions> limits)
{
    private int _taken;

    /// <summary>Null: all are taken.</summary>
    public Slot? TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= limits.Value.CommandsInFlight) return new Slot(this);
        Interlocked.Decrement(ref _taken);
        return null;
    }

    internal sealed class Slot(CommandSlots owner) : IDisposable
    {
        private int _returned;

        /// <summary>Once the command is published: waiting for its outcome has a bound of its own. May be repeated.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0) Interlocked.Decrement(ref owner._taken);
        }
    }
}

/// <summary>Gives each command request a slot, or refuses it.</summary>
internal sealed class CommandSlotMiddleware(RequestDelegate next, CommandSlots slots)
{
    public Task InvokeAsync(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<CommandRoute>() is null ? next(http) : TakeAsync(http);

    private async Task TakeAsync(HttpContext http)
    {
        using var slot = slots.TryTake();
        if (slot is null)
        {
            await ProblemWriter.WriteAsync(http, StatusProblems.Of(StatusCodes.Status429TooManyRequests));
            return;
        }

        http.Features.Set(slot);
        using var trace = CommandTrace.Start(http.Request);
        await next(http);
    }
}
