namespace Library.Api.Infrastructure.Operations;

/// <summary>Outcomes, at once or as soon as they are there.</summary>
internal sealed class OperationOutcomes(IOutcomeReader reader, OperationWaiters waiters, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>How long an unresponsive database may extend a wait that has ended.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(2);

    public Task<Outcome?> FindAsync(Guid operationId, CancellationToken cancellation) => reader.FindAsync(operationId, cancellation);

    /// <returns>The outcome, if there was one in time; and whether the wait was granted: false if too many requests wait already.</returns>
    public async Task<(Outcome? Outcome, bool Waited)> WaitAsync(Guid operationId, TimeSpan wait, CancellationToken cancellation)
    {
        using var waiter = waiters.TryJoin(operationId);
        if (waiter is null) return (null, false);
        // Read only after the wait is registered: a later commit ends the wait, an earlier one is read here.
        return (await reader.FindAsync(operationId, cancellation) ?? await WaitAsync(waiter, wait, cancellation), true);
    }

    /// <summary>To be called before the command is published, so that no commit notification is missed. Null: too many requests wait already.</summary>
    public OperationWaiters.Waiter? TryJoin(Guid operationId) => waiters.TryJoin(operationId);

    /// <returns>Null: not decided in time.</returns>
    public async Task<Outcome?> WaitAsync(OperationWaiters.Waiter waiter, TimeSpan wait, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        try
        {
            if (await waiter.Ended.WaitAsync(wait, time, stop.Token) is { } outcome) return outcome;
        }
        catch (TimeoutException)
        {
            // A commit notification may be lost: hence the read at the end.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The instance is shutting down: it answers with what it knows instead of delaying the shutdown.
        }

        return await reader.FindAsync(waiter.OperationId, cancellation).WaitAsync(LastLook, time, cancellation);
    }
}
