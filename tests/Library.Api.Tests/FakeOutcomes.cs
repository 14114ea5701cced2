using System.Collections.Concurrent;
using Library.Api.Infrastructure.Operations;

namespace Library.Api.Tests;

/// <summary>The table of outcomes, and how often it was asked.</summary>
internal sealed class FakeOutcomes : IOutcomeReader
{
    private int _reads;

    public ConcurrentDictionary<Guid, Outcome> Rows { get; } = [];

    public int Reads => _reads;

    /// <summary>Fails every read, as a database that is away does.</summary>
    public Exception? Fault { get; set; }

    public Task<Outcome?> FindAsync(Guid operationId, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        return Fault is null ? Task.FromResult(Rows.GetValueOrDefault(operationId)) : Task.FromException<Outcome?>(Fault);
    }
}
