using System.Diagnostics;
using System.Text;

namespace Library.Formats.Tests;

/// <summary>Other people's programs and files to hold ours against, where they are.</summary>
internal static class Peers
{
    /// <summary>The folder of real files that are not this repository's to give: LIBRARY_MARC_FILES, or shared/data/marc beside the repository.</summary>
    public static string RealFiles
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("LIBRARY_MARC_FILES") is { Length: > 0 } set ? set : Path.Combine(Repository, "..", "shared", "data", "marc");
            Assert.SkipUnless(Directory.Exists(folder), "There are no real MARC files here: LIBRARY_MARC_FILES may name a folder of them.");
            return folder;
        }
    }

    public static string Repository
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Library.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
            return folder;
        }
    }

    public static IEnumerable<string> RealFilesOf(string extension) => Directory.EnumerateFiles(RealFiles, $"*{extension}", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Runs a program to its end, and skips the test where it is not installed.</summary>
    public static (int Exit, string Output, string Error) Run(string program, params IReadOnlyList<string> arguments)
    {
        Assert.SkipUnless(IsInstalled(program), $"{program} is not installed.");
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 } };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static bool IsInstalled(string program) =>
        File.Exists(program) || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
