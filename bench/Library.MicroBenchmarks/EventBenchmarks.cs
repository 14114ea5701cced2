using System.Buffers;
using BenchmarkDotNet.Attributes;
using Library.Api.Features.Events;
using Library.Hosting.Events;
using Library.Worker.Features.Relay;

namespace Library.MicroBenchmarks;

/// <summary>A stored event on its way out.</summary>
public class EventBenchmarks
{
    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private readonly StoredEvent _event = Samples.Event();
    private readonly EventType _type = EventType.Find("book_created")!;

    [Benchmark]
    public int WriteBody()
    {
        _body.ResetWrittenCount();
        _event.WriteTo(_body);
        return _body.WrittenCount;
    }

    /// <summary>What the relay publishes: the body, and properties with CloudEvents attributes.</summary>
    [Benchmark]
    public object RelayMessage() => (EventMessage.Properties(_event, _type), EventMessage.Body(_event));

    /// <summary>What all clients of the feed get.</summary>
    [Benchmark]
    public object FeedMessage() => FeedEvent.Of(_event);
}
