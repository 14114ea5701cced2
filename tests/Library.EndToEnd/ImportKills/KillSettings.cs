using System.Globalization;

namespace Library.EndToEnd.ImportKills;

/// <summary>How large the run is; the whole of it by one command in CONTRIBUTING.md.</summary>
internal static class KillSettings
{
    public static readonly int Records = Read("LIBRARY_IMPORT_RECORDS", 5_000);

    /// <summary>Of each kind one at least: an API while it receives, an API that has answered, a worker, the broker, Postgres.</summary>
    public static readonly int Kills = Math.Max(5, Read("LIBRARY_IMPORT_KILLS", 5));

    public static readonly int Seed = Read("LIBRARY_IMPORT_SEED", 1);

    /// <summary>For a file of any size, on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static int Read(string variable, int byDefault) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : byDefault;
}
