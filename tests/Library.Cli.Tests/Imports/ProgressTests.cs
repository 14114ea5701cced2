using Library.Cli.Imports;
using Library.Cli.Output;
using Spectre.Console;

namespace Library.Cli.Tests.Imports;

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
}
