using System.Globalization;
using Library.Testing.Hosts;

namespace Library.Bench;

/// <summary>The most memory that processes had at once, each for itself, as Linux counts it.</summary>
internal static class PeakMemory
{
    /// <summary>Begins to count anew.</summary>
    public static void Reset(HostProcess process) => File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");

    /// <summary>In MiB, since the last reset.</summary>
    public static double Read(HostProcess process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }
}
