using MassTransit;

namespace Library.Api.Caching;

/// <summary>The bus tells here when this instance's queues are bound, for the first time or again.</summary>
internal sealed class EvictionQueueObserver(CacheEvictions evictions) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready)
    {
        // Whatever was published while the queue was away is lost for this instance.
        evictions.Reset();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
