using System.CommandLine;
using Library.Cli.Infrastructure.CommandLine;

namespace Library.Cli.Features.Imports;

internal static class ImportCommand
{
    public static Command Create(ServiceOptions service)
    {
        var file = new Argument<string>("file") { Description = "Records, NDJSON or CSV, plain or .gz; - for standard input." };
        var format = new Option<string?>("--format") { Description = "Default: by the file's name, else ndjson." }.AcceptOnlyFromAmong("ndjson", "csv");
        var watch = new Option<bool>("--watch") { Description = "Stay until every record is applied or refused." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only check the records, change nothing." };
        var fresh = new Option<bool>("--new") { Description = "A new import, even if this very file was imported within the last day." };
        var command = new Command("import", "Load a file of authors and books. The same command again goes on with the same import.") { file, format, watch, dryRun, fresh };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => RunAsync(
            session, ImportFile.Of(parsed.GetRequiredValue(file), parsed.GetValue(format)), parsed.GetValue(watch), parsed.GetValue(dryRun), parsed.GetValue(fresh), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ImportFile file, bool watch, bool dryRun, bool fresh, CancellationToken cancellation)
    {
        // What can be read only once can't be repeated either.
        var key = fresh || !file.CanRepeat ? $"library-cli-{Guid.CreateVersion7()}" : await file.KeyAsync(session.Client.Url, dryRun, cancellation);
        ImportState? begun = null;
        try
        {
            var (import, isEarlier) = await ImportProgress.ShowAsync(session, async progress =>
            {
                var (import, isEarlier) = await new ImportUpload(session, file, dryRun, progress).SendAsync(key, cancellation);
                begun = import;
                return (watch ? await ImportWatch.FollowAsync(session, import, progress, cancellation) : import, isEarlier);
            });
            Tell(session, import, isEarlier, watch);
            return import.ExitCode;
        }
        catch (OperationCanceledException) when (begun is not null)
        {
            session.Terminal.Error.WriteLine($"The import goes on without us. To see it: library imports {begun.Id} --watch");
            throw;
        }
    }

    private static void Tell(Session session, ImportState import, bool isEarlier, bool watched)
    {
        if (isEarlier) session.Terminal.Error.WriteLine($"This file was sent before, at {import.StartedAt:u}: this is that import. To send it as another: --new");
        if (!session.Json) session.Out.WriteLine(import.Summary());
        else if (!watched) session.Out.WriteLine(import.Json);
        if (session.Json) return;
        if (!import.HasEnded) session.Terminal.Error.WriteLine($"To see it go in: library imports {import.Id} --watch");
        if (import.IsAllRefused) session.Terminal.Error.WriteLine("Every record was refused: nothing has changed.");
        if (import.Refused > 0) session.Terminal.Error.WriteLine($"What was refused, and why: library refused {import.Id}");
    }
}
