using System.Diagnostics.Metrics;
using Library.Hosting.Telemetry;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Commands;

/// <summary>What the writer counts; served at <c>/metrics</c>.</summary>
internal sealed class WriterMetrics
{
    private readonly Counter<long> _commands;
    private readonly Counter<long> _events;
    private readonly Counter<long> _deadLettered;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitDuration;

    public WriterMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetrySetup.SourceName);
        _commands = meter.CreateCounter<long>("library.commands", description: "Commands decided, by outcome: succeeded or refused.");
        _events = meter.CreateCounter<long>("library.events", description: "Events committed.");
        _deadLettered = meter.CreateCounter<long>("library.commands.dead_lettered", description: "Messages sent to the error queue.");
        _batchSize = meter.CreateHistogram<int>("library.batch.size", unit: "{command}", description: "Messages of a committed batch.");
        _commitDuration = meter.CreateHistogram<double>("library.batch.duration", unit: "s", description: "From waiting for the lock to the commit.");
    }

    public void Committed(int messages, IReadOnlyList<Outcome> outcomes, int events, TimeSpan duration)
    {
        var refused = outcomes.Count(outcome => outcome.Problem is not null);
        _commands.Add(outcomes.Count - refused, new KeyValuePair<string, object?>("outcome", "succeeded"));
        _commands.Add(refused, new KeyValuePair<string, object?>("outcome", "refused"));
        _events.Add(events);
        _batchSize.Record(messages);
        _commitDuration.Record(duration.TotalSeconds);
    }

    public void DeadLettered() => _deadLettered.Add(1);
}
