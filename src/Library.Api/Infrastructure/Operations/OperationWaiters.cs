using Library.Api.Infrastructure.Reading;
using Library.Hosting.Messaging;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Operations;

/// <summary>The requests of this instance that wait for an outcome. Requests that do not wait cost nothing here.</summary>
internal sealed class OperationWaiters(IOptions<WaitOptions> options, IEnumerable<Represents> resources)
{
    private readonly Represents[] _resources = [.. resources];
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<Waiter>> _waiters = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Null: too many wait already.</summary>
    public Waiter? TryJoin(Guid operationId)
    {
        lock (_gate)
        {
            if (_count >= options.Value.MaxWaiters) return null;
            _count++;
            var waiter = new Waiter(this, operationId);
            if (_waiters.TryGetValue(operationId, out var others)) others.Add(waiter);
            else _waiters[operationId] = [waiter];
            return waiter;
        }
    }

    /// <summary>Whether a request on this instance waits for it.</summary>
    public bool AreAwaiting(Guid operationId)
    {
        if (Count == 0) return false;
        lock (_gate) return _waiters.ContainsKey(operationId);
    }

    public void Complete(BatchCommitted committed)
    {
        if (Count == 0) return;
        lock (_gate)
        {
            foreach (var decided in committed.Decided ?? [])
                if (_waiters.ContainsKey(decided.Id)) End(decided.Id, Outcome.Of(decided, RepresentationOf(decided)));
            foreach (var id in committed.OperationIds) End(id, null);
        }
    }

    private Representation? RepresentationOf(DecidedOperation decided)
    {
        foreach (var represents in _resources)
            if (represents(decided) is { } representation) return representation;
        return null;
    }

    private void End(Guid id, Outcome? outcome)
    {
        if (!_waiters.TryGetValue(id, out var waiters)) return;
        foreach (var waiter in waiters) waiter.End(outcome);
    }

    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            var waiters = _waiters[waiter.OperationId];
            waiters.Remove(waiter);
            if (waiters.Count == 0) _waiters.Remove(waiter.OperationId);
            _count--;
        }
    }

    internal sealed class Waiter(OperationWaiters owner, Guid operationId) : IDisposable
    {
        private readonly TaskCompletionSource<Outcome?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Guid OperationId { get; } = operationId;

        /// <summary>Completes when the commit notification of the operation arrives. Null: the notification did not include the outcome.</summary>
        public Task<Outcome?> Ended => _ended.Task;

        public void End(Outcome? outcome) => _ended.TrySetResult(outcome);

        public void Dispose() => owner.Leave(this);
    }
}
