using System.Globalization;
using Library.Cli.Imports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Library.Cli.Output;

/// <summary>Two bars: what is sent, what is applied.</summary>
internal sealed class ImportProgressBars : IImportProgress
{
    private readonly ProgressContext _bars;
    private readonly ProgressTask _sending;
    private ProgressTask? _applying;

    private ImportProgressBars(ProgressContext bars)
    {
        _bars = bars;
        _sending = bars.AddTask("sending", autoStart: false);
    }

    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IImportProgress, Task<T>> action) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new NoteColumn())
        .StartAsync(bars => action(new ImportProgressBars(bars)));

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
        _applying.Description = import.Undo is null ? import.Status : "undo";
        _applying.MaxValue(Math.Max(import.Total ?? import.Received, 1));
        _applying.Value = import.Undo is { } undo ? undo.Undone + undo.Kept : import.Done;
        Note(_applying, string.Create(CultureInfo.InvariantCulture, $"{import.Done:N0}/{import.Total ?? import.Received:N0}{Rates.Of(import)}, {import.Refused:N0} refused"));
    }

    public void Away(string message) => Note(_applying ?? _sending, message);

    private ProgressTask Applying()
    {
        _sending.StopTask();
        return _bars.AddTask("applying");
    }

    private static void Note(ProgressTask task, string note) => task.State.Update<Remark>("note", _ => new Remark(note));

    private readonly record struct Remark(string? Text);

    private sealed class NoteColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(task.State.Get<Remark>("note").Text ?? "");
    }
}
