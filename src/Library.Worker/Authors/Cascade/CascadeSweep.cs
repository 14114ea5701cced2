using Library.Worker.Storage;

namespace Library.Worker.Authors.Cascade;

/// <summary>Finishes cascades whose message was lost: at start, and each minute those that are older than one.</summary>
internal sealed partial class CascadeSweep(ICatalogStore store, DeletionCascade deletion, RestorationCascade restoration, SchemaGate schema, TimeProvider time, ILogger<CascadeSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        // At start nobody else may be at it: a cascade that a crash cut off need not wait.
        var age = TimeSpan.Zero;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await FinishAsync(UnfinishedCascades.Deletions, deletion.RunAsync, age, stoppingToken);
                await FinishAsync(UnfinishedCascades.Restorations, restoration.RunAsync, age, stoppingToken);
                age = Interval;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FinishAsync(string unfinished, Func<Guid, long, CancellationToken, Task> cascade, TimeSpan age, CancellationToken cancellation)
    {
        foreach (var (authorId, position) in await store.ReadAsync(new UnfinishedCascades(unfinished, age), cancellation))
        {
            LogFound(authorId, position);
            await cascade(authorId, position, cancellation);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Finishing the cascade of author {AuthorId} that began at position {Position}")]
    private partial void LogFound(Guid authorId, long position);

    [LoggerMessage(2, LogLevel.Warning, "The sweep for unfinished cascades failed; it runs again in a minute")]
    private partial void LogFailed(Exception fault);
}
