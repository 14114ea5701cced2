using Library.Api.Infrastructure.Commands;
using Library.Hosting.Messaging;
using MassTransit;

namespace Library.Api.Features.Imports;

/// <summary>Tells the worker that an import has something to do. What is lost on the way, the worker finds by itself.</summary>
internal sealed partial class ImportAnnouncer(IBus bus, BrokerAvailability availability, TimeProvider time, ILogger<ImportAnnouncer> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task AnnounceAsync(Guid importId)
    {
        if (!availability.IsAvailable) return;
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            // The second bound is there because a publish does not always heed its token.
            await bus.Publish(new ApplyImport { ImportId = importId }, limit.Token).WaitAsync(Limit, time);
        }
        catch (Exception fault)
        {
            LogLost(importId, fault);
        }
    }

    [LoggerMessage(502, LogLevel.Warning, "Import {ImportId} was not announced; the worker's sweep will find it")]
    private partial void LogLost(Guid importId, Exception fault);
}
