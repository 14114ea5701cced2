namespace Library.Simulation;

/// <summary>Strikes while the clients are at work: before a continuation of a worker, so at any await.</summary>
internal sealed class Faults(World world, Action<SimulatedWorker> replace)
{
    private static readonly double[] Chances = [0, 0.0005, 0.002, 0.01];

    private readonly Scheduler _scheduler = world.Scheduler;
    private readonly double _chance = Chances[world.Scheduler.Random.Next(Chances.Length)];
    private int _left = world.Scheduler.Random.Next(1, 12);

    public static readonly TimeSpan End = TimeSpan.FromSeconds(45);

    public void Watch(SimulatedWorker worker) => worker.Machine.AtAwait = _ =>
    {
        if (_left == 0 || _scheduler.Now > End || !_scheduler.Chance(_chance)) return;
        _left--;
        Strike(worker);
    };

    private void Strike(SimulatedWorker worker)
    {
        var machine = worker.Machine;
        switch (_scheduler.Random.Next(10))
        {
            case < 4:
                machine.Kill();
                _scheduler.After(_scheduler.Between(10, 5_000), () => replace(worker));
                break;
            case < 6:
                machine.Freeze(_scheduler.Chance(0.5) ? TimeSpan.FromSeconds(30) : _scheduler.Between(10, 15_000));
                break;
            case < 8:
                Break(world.Sessions.Where(session => session.Client == machine), 0.5, $"connections of {machine.Name} break");
                break;
            case 8:
                Break(world.Sessions, 1, $"every connection breaks");
                break;
            default:
                _scheduler.Note($"{machine.Name} is asked to stop");
                _scheduler.After(TimeSpan.Zero, worker.Stop);
                // What has not stopped by then is killed.
                _scheduler.After(TimeSpan.FromSeconds(30), () => replace(worker));
                break;
        }
    }

    private void Break(IEnumerable<Session> sessions, double share, FormattableString what)
    {
        _scheduler.Note(what);
        foreach (var session in sessions.ToArray())
            if (_scheduler.Chance(share)) session.Break();
    }
}
