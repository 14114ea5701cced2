using System.Text.RegularExpressions;
using Library.Cli.Features.Imports;
using Spectre.Console;

namespace Library.Cli.Tests.Features.Imports;

public sealed class ProgressTests
{
    private static readonly ImportState Half = ImportState.Read(FakeImports.State("running", applied: 1, refused: 1));

    [Fact]
    public async Task Bars_show_what_is_sent_and_applied_with_rate_time_left_and_refused()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 140;
        await ImportProgressBars.ShowAsync(console, progress =>
        {
            progress.Sent(2_000_000, 4_000_000);
            progress.Applied(Half);
            return Task.FromResult(0);
        });

        var shown = text.ToString();
        shown.ShouldContain("2.0 MB");
        shown.ShouldContain("2/3, 2/s, 0:00:02 left, 1 refused");
        shown.ShouldContain("66%");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(100)]
    public async Task A_bar_takes_one_line_of_a_terminal_of_whatever_width(int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        await ImportProgressBars.ShowAsync(console, progress =>
        {
            progress.Sent(2_000_000, 2_000_000);
            progress.Applied(Half with { Applied = 123_456, Received = 1_200_000, Total = 1_200_000, RecordsPerSecond = 12_345, EtaSeconds = 87 });
            return Task.FromResult(0);
        });

        var lines = Regex.Replace(text.ToString(), @"\e\[[0-9;?]*[a-zA-Z]", "").Split('\n', '\r').Where(line => line.Trim().Length > 0).Select(line => line.TrimEnd()).Distinct().ToArray();
        lines.ShouldAllBe(line => line.StartsWith("sending   ", StringComparison.Ordinal) || line.StartsWith("running   ", StringComparison.Ordinal));
        lines.ShouldAllBe(line => line.Length <= width);
        if (width >= 80) lines.ShouldContain(line => line.EndsWith("123,457/1,200,000, 12,345/s, 0:01:27 left, 1 refused", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_tell_a_new_status_at_once_and_leave_the_end_to_the_summary()
    {
        using var text = new StringWriter();
        var progress = new ImportProgressLines(text, TimeProvider.System);
        progress.Applied(Half);
        progress.Applied(Half with { Status = "paused" });
        progress.Applied(Half with { Status = "succeeded" });

        text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "running: 2 of 3 records: 1 applied, 0 unchanged, 1 refused, 2/s, 0:00:02 left",
            "paused: 2 of 3 records: 1 applied, 0 unchanged, 1 refused, 2/s, 0:00:02 left",
        ]);
    }

    [Fact]
    public void Lines_tell_of_an_undo_what_is_taken_back()
    {
        using var text = new StringWriter();
        new ImportProgressLines(text, TimeProvider.System).Applied(Half with { Undo = new UndoState("running", 1, 2) });

        text.ToString().TrimEnd().ShouldBe("undo: 1 taken back, 2 kept");
    }
}
