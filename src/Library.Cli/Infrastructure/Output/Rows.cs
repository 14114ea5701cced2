using Spectre.Console;

namespace Library.Cli.Infrastructure.Output;

/// <summary>Rows for people, aligned where they look; with tabs in between where a program reads.</summary>
internal static class Rows
{
    public static void Write(Terminal terminal, IReadOnlyList<string> columns, IReadOnlyCollection<IReadOnlyList<string>> rows)
    {
        if (!terminal.OutIsTerminal)
        {
            foreach (var row in rows) terminal.Out.WriteLine(string.Join('\t', row.Select(Plain.Text)));
            return;
        }

        var table = new Table().NoBorder();
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(Plain.Text(cell))));
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Out) }).Write(table);
    }
}
