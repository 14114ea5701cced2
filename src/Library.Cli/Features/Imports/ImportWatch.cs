using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Imports;

/// <summary>Follows an import to its end, through broken connections.</summary>
internal static class ImportWatch
{
    public static async Task<ImportState> FollowAsync(Session session, ImportState import, IImportProgress progress, CancellationToken cancellation)
    {
        var patience = new Patience(session.Patience);
        // It has told us of this import.
        patience.Heard();
        progress.Applied(import);
        while (!import.HasEnded)
        {
            try
            {
                await using var stream = await session.Client.OpenAsync($"v1/imports/{import.Id}/progress", cancellation, ("Accept", "text/event-stream"));
                await foreach (var message in ServerSentEvents.ReadAsync(stream, cancellation))
                {
                    if (message.Data is null) continue;
                    patience.Heard();
                    import = ImportState.Read(message.Data);
                    progress.Applied(import);
                }

                if (!import.HasEnded) throw ServiceAwayException.Ended(session.Client.Url);
            }
            catch (ServiceAwayException away)
            {
                await patience.WaitAsync(away, cancellation);
                progress.Away(away.Message);
            }
        }

        return import;
    }
}
