namespace Library.Simulation;

/// <summary>One seed: workers, clients and faults until the clients are done, then nothing but workers until all is quiet, then the checks.</summary>
internal sealed class Simulation
{
    /// <summary>Without faults, whatever is left is done by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly Scheduler _scheduler;
    private readonly World _world;
    private readonly Clients _clients;
    private readonly Faults _faults;
    private readonly List<SimulatedWorker> _workers = [];
    private int _started;

    private Simulation(int seed, bool traced)
    {
        _scheduler = new Scheduler(seed, traced);
        _world = new World(_scheduler);
        _faults = new Faults(_world, Replace);
        for (var worker = _scheduler.Random.Next(2, 4); worker > 0; worker--) _scheduler.After(_scheduler.Between(0, 500), StartWorker);
        _clients = new Clients(_world);
    }

    /// <summary>Null: everything held. Otherwise what did not.</summary>
    public static (string? Violation, Scheduler Run) Play(int seed, bool traced = false)
    {
        var simulation = new Simulation(seed, traced);
        try
        {
            return (simulation.Play(), simulation._scheduler);
        }
        catch (Exception fault)
        {
            return ($"the run fell: {fault}", simulation._scheduler);
        }
        finally
        {
            simulation._scheduler.End();
        }
    }

    private string? Play()
    {
        _scheduler.RunUntil(() => _world.Violation is not null || (_clients.AreDone && _scheduler.Now > Faults.End), Patience);
        if (!_scheduler.RunUntil(() => _world.Violation is not null || (_workers.Count > 1 && Audit.IsQuiet(_world)), Patience))
            _world.Violate($"it does not come to rest: {Audit.Unrest(_world)}");
        if (_world.Violation is null) Audit.Check(_world);
        foreach (var worker in _workers) worker.Dispose();
        return _world.Violation;
    }

    private void StartWorker()
    {
        var worker = new SimulatedWorker(_world, new Machine(_scheduler, $"worker {++_started}"));
        _workers.Add(worker);
        _scheduler.Keep(worker);
        _faults.Watch(worker);
        _scheduler.Note($"{worker.Machine.Name} starts");
        worker.Start();
    }

    private void Replace(SimulatedWorker worker)
    {
        worker.Machine.Kill();
        if (_workers.Remove(worker)) StartWorker();
    }
}
