using System.Text;
using Library.Cli.Infrastructure.Output;
using Spectre.Console;

namespace Library.Cli.Tests;

/// <summary>What a command said, and how it ended.</summary>
internal sealed record Run(int Code, string Out, string Error)
{
    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<Run> OfAsync(string[] arguments) => OfAsync(arguments, new Dictionary<string, string>());

    /// <param name="bars">Where progress bars are drawn; null: nowhere.</param>
    public static async Task<Run> OfAsync(string[] arguments, IReadOnlyDictionary<string, string> variables, string input = "", IAnsiConsole? bars = null)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        using var terminal = new Terminal(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error, OutIsTerminal: false, bars, variables.GetValueOrDefault!);
        var code = await LibraryCli.RunAsync(arguments, terminal);
        return new Run(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
