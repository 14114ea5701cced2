using System.Diagnostics;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>The command line as a real process, its input and output being pipes.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private CommandLine(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it prints, line by line.</summary>
    public StreamReader Output => _process.StandardOutput;

    public StreamWriter Input => _process.StandardInput;

    public static CommandLine Start(Uri url, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(HostProcess.Built("Library.Cli"), "library.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LIBRARY_URL"] = url.ToString() },
        };
        return new CommandLine(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(Uri url, params string[] arguments)
    {
        using var command = Start(url, arguments);
        command.Input.Close();
        var output = await command.Output.ReadToEndAsync();
        return (await command.EndAsync(), output, await command._errors);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Library.Testing.Eventually.Deadline);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
