using Library.Api.Infrastructure.Commands;
using Library.Hosting.Messaging;
using MassTransit;

namespace Library.Api.Features.Imports;

/// <summary>Notifies the worker that an import has work to do. If the notification is lost, the worker's sweep finds the import.</summary>
internal sealed partial class ImportAnnouncer(IBus bus, BrokerAvailability availability, TimeProvider time, ILogger<ImportAnnouncer> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task AnnounceAsync(Guid importId)
    {
        if (!availability.IsAvailable) return;
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            // The second timeout is needed because a publish does not always observe its cancellation token.
            await bus.Publish(new ApplyImport { ImportId = importId }, limit.Token).WaitAsync(Limit, time);
        }
        catch (Exception fault)
        {
            LogLost(importId, fault);
        }
    }

    [LoggerMessage(502, LogLevel.Warning, "Import {ImportId} could not be announced to the worker; the worker's sweep will find it")]
    private partial void LogLost(Guid importId, Exception fault);
}
