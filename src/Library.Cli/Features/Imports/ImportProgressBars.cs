using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Library.Cli.Features.Imports;

/// <summary>Two bars: what is sent, what is applied.</summary>
internal sealed class ImportProgressBars : IImportProgress
{
    /// <summary>The longest word for what happens: with room for it from the beginning, the bars stay where they are.</summary>
    private const int StatusWidth = 9;

    private const int PercentageWidth = 4;

    /// <summary>What counts of millions take, with rate, time left and refused.</summary>
    private const int NoteWidth = 55;

    private readonly ProgressContext _bars;
    private readonly ProgressTask _sending;
    private ProgressTask? _applying;

    private ImportProgressBars(ProgressContext bars)
    {
        _bars = bars;
        _sending = bars.AddTask("sending", autoStart: false);
    }

    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IImportProgress, Task<T>> action)
    {
        // A blank behind each column, the last one too.
        var room = console.Profile.Width - StatusWidth - PercentageWidth - 4;
        var bar = Math.Clamp(room - NoteWidth, 8, 40);
        return console.Progress()
            .Columns(
                new TextColumn(StatusWidth, task => task.Description),
                new ProgressBarColumn { Width = bar },
                new PercentageColumn(),
                new TextColumn(Math.Max(room - bar, 1), task => task.State.Get<Remark>("note").Text ?? ""))
            .StartAsync(bars => action(new ImportProgressBars(bars)));
    }

    public void Sent(long bytes, long? total)
    {
        if (!_sending.IsStarted) _sending.StartTask();
        _sending.IsIndeterminate = total is null;
        _sending.MaxValue(Math.Max(total ?? bytes, 1));
        _sending.Value = bytes;
        Note(_sending, string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB{(_sending.Speed is { } speed ? $", {speed / 1e6:N1} MB/s" : "")}{(bytes != total && _sending.RemainingTime is { } left ? $", {left:h\\:mm\\:ss} left" : "")}"));
    }

    public void Applied(ImportState import)
    {
        _applying ??= Applying();
        _applying.Description = import.Undo is null ? import.Status : "undoing";
        // What there is to take back is what was applied.
        _applying.MaxValue(Math.Max(import.Undo is null ? import.Total ?? import.Received : import.Applied, 1));
        _applying.Value = import.Undo is { } undo ? undo.Undone + undo.Kept : import.Done;
        Note(_applying, import.Undo is { } told
            ? string.Create(CultureInfo.InvariantCulture, $"{told.Undone:N0} taken back, {told.Kept:N0} kept")
            : string.Create(CultureInfo.InvariantCulture, $"{import.Done:N0}/{import.Total ?? import.Received:N0}{Rates.Of(import)}, {import.Refused:N0} refused"));
    }

    public void Away(string message) => Note(_applying ?? _sending, message);

    private ProgressTask Applying()
    {
        _sending.StopTask();
        return _bars.AddTask("applying");
    }

    private static void Note(ProgressTask task, string note) => task.State.Update<Remark>("note", _ => new Remark(note));

    private readonly record struct Remark(string? Text);

    /// <summary>On a terminal that is too narrow it is cut: bars of two lines would jump.</summary>
    private sealed class TextColumn(int width, Func<ProgressTask, string> text) : ProgressColumn
    {
        public override int? GetColumnWidth(RenderOptions options) => width;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(text(task) is var all && all.Length <= width ? all : all[..(width - 1)] + "…");
    }
}
