using System.Globalization;

namespace Library.Cli.Features.Imports;

/// <summary>A line now and then: for logs.</summary>
internal sealed class ImportProgressLines(TextWriter output, TimeProvider time) : IImportProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _told = time.GetTimestamp();
    private string? _status;

    public void Sent(long bytes, long? total)
    {
        if (!IsTime()) return;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sent {bytes:N0}{(total is { } all ? $" of {all:N0}" : "")} bytes"));
    }

    /// <summary>The summary reports the end.</summary>
    public void Applied(ImportState import)
    {
        if (import.HasEnded || (import.Status == _status && !IsTime())) return;
        _status = import.Status;
        output.WriteLine(import.Undo is { } undo
            ? string.Create(CultureInfo.InvariantCulture, $"undo: {undo.Undone:N0} taken back, {undo.Kept:N0} kept")
            : $"{import.Status}: {import.Counts()}{Rates.Of(import)}");
    }

    public void Away(string message) => output.WriteLine(message);

    private bool IsTime()
    {
        if (time.GetElapsedTime(_told) < Interval) return false;
        _told = time.GetTimestamp();
        return true;
    }
}
