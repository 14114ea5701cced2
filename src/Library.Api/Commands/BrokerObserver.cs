using Library.Api.Caching;
using MassTransit;

namespace Library.Api.Commands;

/// <summary>The bus tells here when it has lost or found the broker.</summary>
internal sealed class BrokerObserver(PublishGate gate, CacheEvictions evictions) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready)
    {
        // Whatever was published while the queue was away is lost for this instance.
        evictions.Reset();
        gate.Open();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        gate.Close("the connection to the broker is lost");
        return Task.CompletedTask;
    }
}
