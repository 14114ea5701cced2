using System.Globalization;
using System.Text;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Library.MicroBenchmarks;

/// <summary>The pure functions that every command, event and read goes through: their time and what they allocate.</summary>
internal static class Benchmarks
{
    public static int Main(string[] args)
    {
        var root = Root();
        // In this process: a project built for each benchmark would take longer than all of them.
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(root, "artifacts", "micro"))
            .WithOptions(ConfigOptions.JoinSummary);
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Benchmarks).Assembly).Run(args, config).ToArray();
        var reports = summaries.SelectMany(summary => summary.Reports).ToArray();
        if (reports.Length == 0) return args.Contains("--list") ? 0 : 1;
        if (!reports.All(report => report.Success)) return 1;
        // Only a whole run is a table to show.
        if (args is ["--filter", "*"]) File.WriteAllText(Path.Combine(root, "bench", "results", "micro.md"), ToMarkdown(reports));
        return 0;
    }

    private static string ToMarkdown(IEnumerable<BenchmarkReport> reports)
    {
        var table = new StringBuilder("| function | ns | ± | bytes allocated |\n| --- | ---: | ---: | ---: |\n");
        foreach (var report in reports)
        {
            var (benchmark, time) = (report.BenchmarkCase, report.ResultStatistics!);
            table.Append(CultureInfo.InvariantCulture, $"| {benchmark.Descriptor.Type.Name.Replace("Benchmarks", "", StringComparison.Ordinal)} · {benchmark.Descriptor.WorkloadMethod.Name} ");
            table.Append(CultureInfo.InvariantCulture, $"| {time.Mean:#,0} | {time.StandardDeviation:#,0} | {report.GcStats.GetBytesAllocatedPerOperation(benchmark):#,0} |\n");
        }

        return table.Append(CultureInfo.InvariantCulture, $"\nMean and standard deviation of {Job.ShortRun.Run.IterationCount} iterations, .NET {Environment.Version}.\n").ToString();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Library.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks lie outside the repository.");
        return folder.FullName;
    }
}
