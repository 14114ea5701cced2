using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Library.Bench;

/// <summary>Load over kept-alive connections by wrk, a process of its own: about 8 µs of processor time a request where it was looked at (docs/performance.md).</summary>
internal sealed partial class Wrk(Uri url, string? script = null, params (string Name, string Value)[] headers)
{
    private const int Connections = 32;

    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "wrk")));

    /// <returns>Answers a second.</returns>
    public async Task<double> RunAsync(TimeSpan duration)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        string[] arguments = ["-t1", $"-c{Connections}", string.Create(CultureInfo.InvariantCulture, $"-d{(int)duration.TotalSeconds}s"),
            .. headers.SelectMany(header => (string[])["-H", $"{header.Name}: {header.Value}"]), .. script is null ? [] : (string[])["-s", script], url.ToString()];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || Failures().IsMatch(output)) throw new InvalidOperationException($"wrk met failures at {url}:\n{output}");
        return double.Parse(Rate().Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a wrk script that sends the same POST again and again.</summary>
    public static string PostScript(string json) => Write($"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '{json}'\n");

    /// <summary>Writes a wrk script that asks for one path after another, over and over.</summary>
    public static string PathsScript(IEnumerable<string> paths)
    {
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, paths);
        return Write($$"""
            local requests, i = {}, 0
            function init()
              for path in io.lines('{{file}}') do requests[#requests + 1] = wrk.format('GET', path) end
            end
            function request()
              i = i % #requests + 1
              return requests[i]
            end
            """);
    }

    private static string Write(string script)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, script);
        return file;
    }

    [GeneratedRegex("Non-2xx|Socket errors")]
    private static partial Regex Failures();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
