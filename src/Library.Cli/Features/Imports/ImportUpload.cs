using System.Diagnostics;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Imports;

/// <summary>Sends a file until the service has all of it.</summary>
internal sealed class ImportUpload(Session session, ImportFile file, bool dryRun, IImportProgress progress)
{
    /// <summary>Clocks may differ by so much, and the header Date is rounded.</summary>
    private static readonly TimeSpan ClockDoubt = TimeSpan.FromSeconds(2);

    /// <param name="key">Makes it safe to send again.</param>
    /// <returns>The import, and whether it is one that an earlier command began.</returns>
    public async Task<(ImportState Import, bool IsEarlier)> SendAsync(string key, CancellationToken cancellation)
    {
        var patience = new Patience(session.Patience);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await SendOnceAsync(key, patience, started, cancellation);
            }
            catch (ServiceAwayException away) when (file.CanRepeat)
            {
                await patience.WaitAsync(away, cancellation);
                progress.Away(away.Message);
            }
            catch (ServiceRefusedException refused) when (file.CanRepeat && refused.Refusal.IsOfKind("upload-running"))
            {
                // The service has not yet detected that the connection of the last attempt is dead.
                patience.Met();
                await patience.WaitAsync(new ServiceAwayException(refused.Refusal), cancellation);
                progress.Away(refused.Refusal.Title);
            }
        }
    }

    private async Task<(ImportState, bool)> SendOnceAsync(string key, Patience patience, long started, CancellationToken cancellation)
    {
        using var content = new UploadContent(file.Open(session.Terminal), file.MediaType, file.IsGzip, sent =>
        {
            patience.Met();
            progress.Sent(sent, file.Length);
        });
        using var request = LibraryClient.Request(HttpMethod.Post, dryRun ? "v1/imports?dryRun=true" : "v1/imports", ("Idempotency-Key", $"\"{key}\""));
        request.Content = content;
        // Lets a refusal arrive before the whole file has been sent.
        request.Headers.ExpectContinue = true;
        try
        {
            using var response = await session.Client.SendAsync(request, Timeout.InfiniteTimeSpan, cancellation);
            var import = ImportState.Read(await response.Content.ReadAsStringAsync(cancellation));
            // By the service's clock: when our first try began.
            var ours = (response.Headers.Date ?? import.StartedAt) - Stopwatch.GetElapsedTime(started) - ClockDoubt;
            return (import, import.StartedAt < ours);
        }
        catch (ServiceAwayException) when (content.ReadFault is { } fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }
}
