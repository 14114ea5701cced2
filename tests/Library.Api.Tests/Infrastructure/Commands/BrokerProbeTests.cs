using Library.Api.Infrastructure.Commands;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Library.Api.Tests.Infrastructure.Commands;

public sealed class BrokerProbeTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeCommandBus _bus = new();
    private readonly BrokerAvailability _availability = new(NullLogger<BrokerAvailability>.Instance);
    private readonly BrokerProbe _probe;

    public BrokerProbeTests() => _probe = new(_bus, _availability, _time, NullLogger<BrokerProbe>.Instance);

    public async ValueTask DisposeAsync()
    {
        await _probe.StopAsync(CancellationToken.None);
        _probe.Dispose();
    }

    [Fact]
    public async Task A_probe_that_the_broker_confirms_opens_the_gate()
    {
        await _probe.StartAsync(TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(() => _availability.IsAvailable);
        var probed = _bus.Probed;
        _time.Advance(10 * BrokerProbe.Interval);
        _bus.Probed.ShouldBe(probed, "an open gate needs no probe");
    }

    [Fact]
    public async Task A_probe_that_hangs_is_followed_by_the_next()
    {
        _bus.OnProbe = _ => _bus.Probed < 3 ? new TaskCompletionSource().Task : Task.CompletedTask;
        await _probe.StartAsync(TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(() => _availability.IsAvailable);
        _bus.Probed.ShouldBe(3);
    }

    [Fact]
    public async Task A_probe_that_fails_is_followed_by_the_next()
    {
        _bus.OnProbe = _ => _bus.Probed < 3 ? throw new IOException("refused") : Task.CompletedTask;
        await _probe.StartAsync(TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(() => _availability.IsAvailable);
    }

    /// <summary>The loop runs on other threads: time moves on in steps until it has got there.</summary>
    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        condition().ShouldBeTrue();
    }
}
