using System.Diagnostics;
using System.Globalization;

namespace Library.Testing;

/// <summary>Waits for a condition, with a deadline: the only waiting that tests do.</summary>
public static class Eventually
{
    /// <summary>Generous, since the machine may be busy: a test that passes never waits for it. More: <c>LIBRARY_TEST_DEADLINE=180</c>, in seconds.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("LIBRARY_TEST_DEADLINE") ?? "60", CultureInfo.InvariantCulture));

    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);

    /// <param name="deadline">Longer than <see cref="Deadline"/>, where there is much to be done until then.</param>
    /// <exception cref="TimeoutException">It did not come true in time; the message says what, and the last thing that went wrong.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null)
    {
        var patience = deadline ?? Deadline;
        Exception? last = null;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < patience; await Task.Delay(20))
        {
            try
            {
                if (await condition()) return;
                last = null;
            }
            catch (Exception fault) when (fault is HttpRequestException or Npgsql.NpgsqlException or IOException)
            {
                last = fault;
            }
        }

        throw new TimeoutException($"It did not come true within {patience.TotalSeconds} s that {what}.", last);
    }
}
