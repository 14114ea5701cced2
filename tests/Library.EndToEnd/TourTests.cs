using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Library.EndToEnd;

/// <summary>The README's tour, run as it stands there.</summary>
[Collection(typeof(Running))]
public sealed class TourTests(RunningLibrary library)
{
    [Fact]
    public async Task The_tour_shows_what_the_README_says()
    {
        var script = Script();
        var start = new ProcessStartInfo("sh", ["-eu", "-c", script])
        {
            WorkingDirectory = Root(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LIBRARY"] = library.Api.Url.ToString().TrimEnd('/') },
        };
        using var tour = Process.Start(start)!;
        var errors = tour.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await tour.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tour.WaitForExitAsync(TestContext.Current.CancellationToken);

        tour.ExitCode.ShouldBe(0, await errors);
        output.Split('\n').Where(line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)).Select(line => int.Parse(line.Split(' ')[1], null))
            .ShouldBe([201, 202, 200, 200, 304, 200, 412, 422, 200, 200, 200, 200, 204, 404, 200, 200, 200, 202, 200, 200], output);
    }

    /// <summary>Where a reader of the README is.</summary>
    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(path, "..", "..", ".."));

    /// <summary>All sh blocks below the tour's heading.</summary>
    private static string Script()
    {
        using var stream = typeof(TourTests).Assembly.GetManifestResourceStream("README.md")!;
        using var text = new StreamReader(stream);
        var tour = text.ReadToEnd().Split("\n## ").Single(section => section.StartsWith("Five-minute tour\n", StringComparison.Ordinal));
        return string.Join('\n', tour.Split("```").Where(block => block.StartsWith("sh\n", StringComparison.Ordinal)).Select(block => block[3..]));
    }
}
