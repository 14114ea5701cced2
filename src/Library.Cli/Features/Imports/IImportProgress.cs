using Library.Cli.Infrastructure.CommandLine;

namespace Library.Cli.Features.Imports;

/// <summary>Shows how an import goes.</summary>
internal interface IImportProgress
{
    /// <param name="bytes">Of the file, before compression; starts at 0 again when it is sent again.</param>
    /// <param name="total">Null: not known.</param>
    void Sent(long bytes, long? total);

    void Applied(ImportState import);

    /// <summary>The service has gone away; it is tried again.</summary>
    void Away(string message);
}

internal static class ImportProgress
{
    /// <summary>Progress bars on a terminal, plain lines otherwise, JSON on request.</summary>
    public static Task<T> ShowAsync<T>(Session session, Func<IImportProgress, Task<T>> action) => session switch
    {
        { Json: true } => action(new ImportProgressJson(session.Terminal)),
        { Terminal.Bars: { } console } => ImportProgressBars.ShowAsync(console, action),
        _ => action(new ImportProgressLines(session.Terminal.Error, TimeProvider.System)),
    };
}
