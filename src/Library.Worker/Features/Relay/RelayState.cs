using System.Diagnostics.Metrics;
using Library.Hosting.Telemetry;

namespace Library.Worker.Features.Relay;

/// <summary>How the relay is doing, for health and metrics.</summary>
internal sealed class RelayState(IMeterFactory meters)
{
    private readonly Counter<long> _relayed = meters.Create(TelemetrySetup.SourceName).CreateCounter<long>("library.events.relayed", description: "Events that the broker confirmed.");
    private volatile string? _trouble = "The relay has not connected to the broker yet.";

    /// <summary>What the relay waits for; null: nothing.</summary>
    public string? Trouble => _trouble;

    public void IsWell() => _trouble = null;

    public void HasRelayed(int events) => _relayed.Add(events);

    public void WaitsFor(string trouble) => _trouble = trouble;
}
