using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Library.Testing.Hosts;

/// <summary>A host of ours as a real process, which can be killed.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private HostProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens, on loopback.</summary>
    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>Process id.</summary>
    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>Its last lines, for the message of a test that fails.</summary>
    public string Output => string.Join('\n', _output);

    /// <param name="name"><c>Library.Api</c> or <c>Library.Worker</c>, built beside the test program.</param>
    /// <param name="settings">Environment variables.</param>
    public static HostProcess Start(string name, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var url = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", FreePort()).Uri;
        var program = Path.Combine(Built(name), name + ".dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = Built(name),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = url.ToString(),
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_gcServer"] = "0",
                // A killed process leaves its debugger pipes behind.
                ["DOTNET_EnableDiagnostics"] = "0",
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        foreach (var (key, value) in settings) start.Environment[key] = value;
        return new HostProcess(Process.Start(start)!, url);
    }

    public Task WhenReadyAsync() => Eventually.HoldsAsync(
        async () =>
        {
            if (!IsRunning) throw new InvalidOperationException($"The host ended:\n{Output}");
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        },
        "a host is ready");

    /// <summary>SIGKILL: it can't do anything about it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        Signal(_process.Id, 15);
        await _process.WaitForExitAsync().WaitAsync(Eventually.Deadline);
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: it goes on existing and does nothing.</summary>
    public void Freeze() => Signal(_process.Id, 19);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal(_process.Id, 18);

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Http.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        _output.Enqueue(line.Data);
        while (_output.Count > KeptLines) _output.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Where a project's programs are: the build puts every project's output side by side, <c>bin/PROJECT/CONFIGURATION</c>.</summary>
    public static string Built(string name)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, name, own.Name);
    }

    private static void Signal(int process, int signal)
    {
        if (Send(process, signal) != 0) throw new InvalidOperationException($"Signal {signal} could not be sent to process {process}.");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Send(int process, int signal);
}
