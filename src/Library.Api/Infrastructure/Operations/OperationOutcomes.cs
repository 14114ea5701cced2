namespace Library.Api.Infrastructure.Operations;

/// <summary>Outcomes, at once or as soon as they are there.</summary>
internal sealed class OperationOutcomes(IOutcomeReader reader, OperationWaiters waiters, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Of a wait that is over, how long a database that does not answer may make it longer.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(2);

    public Task<Outcome?> FindAsync(Guid operationId, CancellationToken cancellation) => reader.FindAsync(operationId, cancellation);

    /// <returns>The outcome, if it was there in time; and whether the wait was granted: no, if too many wait already.</returns>
    public async Task<(Outcome? Outcome, bool Waited)> WaitAsync(Guid operationId, TimeSpan wait, CancellationToken cancellation)
    {
        using var waiter = waiters.TryJoin(operationId);
        if (waiter is null) return (null, false);
        // Only now: what is committed from here on ends the wait, what was committed before is read here.
        return (await reader.FindAsync(operationId, cancellation) ?? await WaitAsync(waiter, wait, cancellation), true);
    }

    /// <summary>For commands that are about to leave, so that no word of them is missed. Null: too many wait already.</summary>
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
            // This instance stops: it answers what it knows instead of making the shutdown wait.
        }

        return await reader.FindAsync(waiter.OperationId, cancellation).WaitAsync(LastLook, time, cancellation);
    }
}
