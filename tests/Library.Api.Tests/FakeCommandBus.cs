using System.Collections.Concurrent;
using Library.Api.Infrastructure.Commands;
using Library.Contracts.Commands;

namespace Library.Api.Tests;

internal sealed class FakeCommandBus : ICommandBus
{
    public ConcurrentQueue<CatalogCommand> Published { get; } = [];

    /// <summary>What a publish does; by default the broker confirms at once.</summary>
    public Func<CatalogCommand, CancellationToken, Task<bool>> OnPublish { get; set; } = (_, _) => Task.FromResult(true);

    public Func<CancellationToken, Task> OnProbe { get; set; } = _ => Task.CompletedTask;

    public int Declared { get; private set; }

    public int Probed { get; private set; }

    public Task<bool> TryPublishAsync(CatalogCommand command, CancellationToken cancellation)
    {
        Published.Enqueue(command);
        return OnPublish(command, cancellation);
    }

    public Task DeclareQueueAsync(CancellationToken cancellation)
    {
        Declared++;
        return Task.CompletedTask;
    }

    public Task ProbeAsync(CancellationToken cancellation)
    {
        Probed++;
        return OnProbe(cancellation);
    }
}
