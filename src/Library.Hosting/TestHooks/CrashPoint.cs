using System.Diagnostics;
using System.Globalization;

namespace Library.Hosting.TestHooks;

/// <summary>
/// Named points at which a test makes its host kill itself: <c>LIBRARY_CRASH_AT=before-commit</c>, or <c>before-commit:3</c> at the third
/// pass. Calls are compiled into debug builds, and those with <c>-p:TestHooks=true</c>, only.
/// </summary>
public static class CrashPoint
{
    private static readonly string[] Armed = Environment.GetEnvironmentVariable("LIBRARY_CRASH_AT")?.Split(':') ?? [];
    private static int _passes;

    [Conditional("TESTHOOKS")]
    public static void At(string point)
    {
        if (Armed.Length == 0 || Armed[0] != point) return;
        if (Interlocked.Increment(ref _passes) < (Armed.Length > 1 ? int.Parse(Armed[1], CultureInfo.InvariantCulture) : 1)) return;
        // SIGKILL: nothing is closed, flushed or returned to the broker.
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
