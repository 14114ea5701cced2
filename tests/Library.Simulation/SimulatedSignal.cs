using Library.Hosting.Events;

namespace Library.Simulation;

/// <summary>NOTIFY: comes as a rule, and late.</summary>
internal sealed class SimulatedSignal : IEventSignal
{
    private readonly Machine _machine;
    private bool _spoken;
    private TaskCompletionSource? _waiter;

    public SimulatedSignal(World world, Machine machine)
    {
        _machine = machine;
        void Hear()
        {
            if (world.Scheduler.Chance(0.8)) world.Scheduler.After(world.Scheduler.Latency(), () => machine.Run(Speak));
        }

        world.Committed += Hear;
        machine.Died += () => world.Committed -= Hear;
    }

    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation)
    {
        if (!_spoken)
        {
            // Not WhenAny: a delay that is cancelled ends it on another thread.
            var waiter = _waiter = new TaskCompletionSource();
            await using var timer = _machine.Time.CreateTimer(_ => waiter.TrySetResult(), null, patience, Timeout.InfiniteTimeSpan);
            var registration = cancellation.Register(() => waiter.TrySetCanceled(cancellation));
            try
            {
                await waiter.Task;
            }
            finally
            {
                registration.Unregister();
            }
        }

        var spoken = _spoken;
        _spoken = false;
        return spoken;
    }

    private void Speak()
    {
        _spoken = true;
        _waiter?.TrySetResult();
    }
}
