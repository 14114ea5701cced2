namespace Library.Bench;

/// <summary>A steady load: 100 a second.</summary>
internal static class Pace
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Starts the action at even intervals, whether or not the one before has ended.</summary>
    public static async Task RunAsync(int count, Func<Task> action)
    {
        using var timer = new PeriodicTimer(Interval);
        var running = new List<Task>(count);
        for (var i = 0; i < count && await timer.WaitForNextTickAsync(); i++) running.Add(action());
        await Task.WhenAll(running);
    }
}
