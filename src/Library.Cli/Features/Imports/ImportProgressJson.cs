using Library.Cli.Infrastructure.Output;

namespace Library.Cli.Features.Imports;

/// <summary>Each state as the service returns it, one per line.</summary>
internal sealed class ImportProgressJson(Terminal terminal) : IImportProgress
{
    private string? _last;

    public void Sent(long bytes, long? total)
    {
    }

    public void Applied(ImportState import)
    {
        if (import.Json != _last) terminal.Out.WriteLine(import.Json);
        _last = import.Json;
    }

    public void Away(string message) => terminal.Error.WriteLine(message);
}
