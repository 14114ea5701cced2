using System.Diagnostics;
using System.Globalization;

namespace Library.Testing;

/// <summary>Private processes in a directory of their own, started and stopped by <c>deploy/private-servers</c>. They may be killed.</summary>
public sealed class PrivateServers : IServers
{
    private readonly string _directory;
    private readonly Dictionary<string, string> _settings = [];

    private PrivateServers(string directory) => _directory = directory;

    public string Postgres => _settings["LIBRARY_POSTGRES"];

    public Uri RabbitMq => new(_settings["LIBRARY_RABBITMQ"]);

    public Uri? RabbitMqManagement => new(_settings["LIBRARY_RABBITMQ_MANAGEMENT"]);

    /// <summary>The server's data lies on a small disk of its own, which may be filled.</summary>
    public SmallDisk? PostgresDisk { get; private set; }

    /// <summary>The server's data lies on a small disk of its own, which may be filled.</summary>
    public SmallDisk? RabbitMqDisk { get; private set; }

    /// <param name="smallDisks">Data goes to small disks, where this process may mount them.</param>
    public static async Task<PrivateServers> StartAsync(bool smallDisks = false)
    {
        SmallDisk? postgres = null, rabbitMq = null;
        var servers = await NewAsync(directory =>
        {
            if (smallDisks)
            {
                postgres = SmallDisk.TryMount(Path.Combine(directory, "postgres"));
                rabbitMq = SmallDisk.TryMount(Path.Combine(directory, "rabbitmq", "mnesia"));
            }

            return ["start", directory];
        });
        (servers.PostgresDisk, servers.RabbitMqDisk) = (postgres, rabbitMq);
        return servers;
    }

    /// <summary>Another Postgres, which follows this one.</summary>
    public Task<PrivateServers> StartStandbyAsync() => NewAsync(directory => ["standby", directory, _directory]);

    /// <summary>Starts again what was killed, with its data, on the same port.</summary>
    /// <param name="names"><c>postgres</c>, <c>rabbitmq</c>.</param>
    public Task StartAsync(params string[] names) => RunAsync(["start", _directory, .. names]);

    /// <summary>kill -9 of a server.</summary>
    public void Kill(string name)
    {
        var id = int.Parse(File.ReadAllText(Path.Combine(_directory, name + ".pid")), CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(id);
        server.Kill();
        server.WaitForExit();
    }

    /// <summary>Tells the broker something that only its own tool can, e.g. <c>set_vm_memory_high_watermark</c>.</summary>
    public Task ControlRabbitMqAsync(params string[] arguments)
    {
        var rabbit = Path.Combine(_directory, "rabbitmq");
        var epmd = RabbitMq.Port + 3;
        return CommandAsync(["env", $"HOME={Path.Combine(rabbit, "home")}", "RABBITMQ_CONF_ENV_FILE=/dev/null", string.Create(CultureInfo.InvariantCulture, $"ERL_EPMD_PORT={epmd}"),
            "/usr/lib/rabbitmq/bin/rabbitmqctl", "--node", "library@localhost", .. arguments]);
    }

    /// <summary>Names of the queues of its own vhost.</summary>
    public Task<IReadOnlyList<string>> QueuesAsync() => Testing.RabbitMqManagement.QueuesAsync(new Uri(RabbitMq, "/%2F"), RabbitMqManagement!);

    public async ValueTask DisposeAsync()
    {
        await RunAsync(["stop", _directory]);
        PostgresDisk?.Dispose();
        RabbitMqDisk?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<PrivateServers> NewAsync(Func<string, IReadOnlyList<string>> start)
    {
        var servers = new PrivateServers(Directory.CreateTempSubdirectory("library-test-").FullName);
        await RunAsync(start(servers._directory));
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(servers._directory, "servers.env")))
        {
            var split = line.IndexOf('=', StringComparison.Ordinal);
            servers._settings[line[..split]] = line[(split + 1)..];
        }

        return servers;
    }

    private static Task RunAsync(IReadOnlyList<string> arguments) => CommandAsync([Script(), .. arguments]);

    private static async Task CommandAsync(IReadOnlyList<string> command)
    {
        // Into files, not pipes: the servers inherit them, and a pipe would stay open as long as they run.
        var log = Path.GetTempFileName();
        var start = new ProcessStartInfo("bash");
        foreach (var argument in (string[])["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", log, .. command]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var output = await File.ReadAllTextAsync(log);
        File.Delete(log);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed:\n{output}");
    }

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "deploy", "private-servers");
            if (File.Exists(script)) return script;
        }

        // The build's output may lie outside the checkout.
        var source = Path.GetDirectoryName(SourceFile())!;
        return Path.GetFullPath(Path.Combine(source, "..", "..", "deploy", "private-servers"));
    }

    private static string SourceFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
