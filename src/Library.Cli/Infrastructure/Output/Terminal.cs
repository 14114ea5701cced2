using System.Text;
using Spectre.Console;

namespace Library.Cli.Infrastructure.Output;

/// <summary>Where input comes from and output goes to; results to <see cref="Out"/>, all else to <see cref="Error"/>.</summary>
/// <param name="In">Standard input, as bytes.</param>
/// <param name="Bytes">Standard output, as bytes.</param>
/// <param name="OutIsTerminal">Whether someone looks at <see cref="Out"/>, so that columns are worth while.</param>
/// <param name="Bars">Where progress bars may be drawn; null: nobody looks at <see cref="Error"/>.</param>
/// <param name="Variable">An environment variable; null: not set.</param>
internal sealed record Terminal(Stream In, Stream Bytes, TextWriter Error, bool OutIsTerminal, IAnsiConsole? Bars, Func<string, string?> Variable) : IDisposable
{
    /// <summary>A line is out when it is written: who reads it by a pipe must not wait for a buffer to fill.</summary>
    public TextWriter Out { get; } = new StreamWriter(Bytes, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };

    public static Terminal OfProcess() => new(
        Console.OpenStandardInput(),
        OpenOutput(),
        Console.Error,
        !Console.IsOutputRedirected,
        Console.IsErrorRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
        name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null);

    public void Dispose()
    {
        In.Dispose();
        Bytes.Dispose();
    }

    /// <summary>The framework's stream swallows the error of a pipe that nobody reads any more: <c>library tail | head</c> would never end.</summary>
    private static Stream OpenOutput()
    {
        var output = Console.OpenStandardOutput();
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return output;
        var direct = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // In a file that standard error goes to as well, a position of our own would overwrite it.
        return direct.CanSeek ? output : direct;
    }
}
