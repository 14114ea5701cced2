using System.Diagnostics.Metrics;
using Library.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace Library.Api.Features.Events;

/// <summary>The live streams of this instance. While there are none, the catalog's events are not read.</summary>
internal sealed class FeedStreams
{
    private readonly Lock _gate = new();
    private readonly int _max;
    private TaskCompletionSource _any = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public FeedStreams(IOptions<FeedOptions> options, IMeterFactory meters)
    {
        _max = options.Value.MaxStreams;
        meters.Create(TelemetrySetup.SourceName).CreateObservableGauge("library.events.streams", () => Count, description: "Open live streams of events.");
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Completes immediately if there are streams, otherwise when the first one opens.</summary>
    public Task WhenAny(CancellationToken cancellation)
    {
        lock (_gate) return _any.Task.WaitAsync(cancellation);
    }

    /// <summary>To be disposed of at the stream's end. Null: there are too many.</summary>
    public IDisposable? TryJoin()
    {
        lock (_gate)
        {
            if (_count >= _max) return null;
            _count++;
            _any.TrySetResult();
            return new Place(this);
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_count == 0) _any = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Place(FeedStreams streams) : IDisposable
    {
        public void Dispose() => streams.Leave();
    }
}
