using System.CommandLine;
using System.Globalization;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Imports;

internal static class ImportsCommand
{
    public static Command Create(ServiceOptions service)
    {
        var id = IdArgument.Create("The import; without it: a list, newest first.", isOptional: true);
        var verb = new Argument<string?>("action") { Description = "What to do with it.", Arity = ArgumentArity.ZeroOrOne }.AcceptOnlyFromAmong("pause", "resume", "cancel", "undo");
        var watch = new Option<bool>("--watch") { Description = "Stay until it has ended." };
        var limit = Pages.Limit();
        var command = new Command("imports", "List imports, show one, or pause, resume, cancel or undo it.") { id, verb, watch, limit };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => parsed.GetValue(id) is { } import
            ? ShowAsync(session, import, parsed.GetValue(verb), parsed.GetValue(watch), cancellation)
            : ListAsync(session, parsed.GetValue(limit), cancellation)));
        return command;
    }

    private static async Task<int> ShowAsync(Session session, Guid id, string? verb, bool watch, CancellationToken cancellation)
    {
        var import = ImportState.Read(verb is null
            ? await session.Client.GetAsync($"v1/imports/{id}", cancellation)
            : await session.Client.PostAsync($"v1/imports/{id}/{verb}", cancellation));
        if (watch) import = await ImportProgress.ShowAsync(session, progress => ImportWatch.FollowAsync(session, import, progress, cancellation));
        if (!session.Json) session.Out.WriteLine(import.Summary());
        else if (!watch) session.Out.WriteLine(import.Json);
        // Cancelling an import, or showing its state, has succeeded whatever the import's state is.
        return watch && verb is not "cancel" ? import.ExitCode : ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(Session session, int limit, CancellationToken cancellation)
    {
        var items = await Pages.ReadAsync(session.Client, "v1/imports", limit, cancellation);
        if (session.Json) items.ForEach(session.Out.WriteLine);
        else Rows.Write(session.Terminal, ["id", "started", "status", "records", "applied", "unchanged", "refused"], [.. items.Select(ImportState.Read).Select(Row)]);
        return ExitCodes.Ok;
    }

    private static string[] Row(ImportState import) =>
    [
        import.Id.ToString(),
        import.StartedAt.ToString("u", CultureInfo.InvariantCulture),
        import.Status + (import.DryRun ? " (dry run)" : "") + (import.Undo is null ? "" : ", undo " + import.Undo.Status),
        .. new[] { import.Total ?? import.Received, import.Applied, import.Unchanged, import.Refused }.Select(count => count.ToString(CultureInfo.InvariantCulture)),
    ];
}
