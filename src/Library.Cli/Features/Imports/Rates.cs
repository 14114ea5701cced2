using System.Globalization;

namespace Library.Cli.Features.Imports;

/// <summary>Rate and time left, as far as they are known.</summary>
internal static class Rates
{
    public static string Of(ImportState import) => string.Concat(
        import.RecordsPerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $", {rate:N0}/s") : "",
        import.EtaSeconds is { } seconds ? $", {Time(seconds)} left" : "");

    private static string Time(double seconds) => TimeSpan.FromSeconds(Math.Ceiling(seconds)).ToString("g", CultureInfo.InvariantCulture);
}
