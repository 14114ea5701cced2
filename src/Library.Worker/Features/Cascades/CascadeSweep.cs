using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Cascades;

/// <summary>
/// Finishes cascades whose message was lost, or is in a queue whose consumers the broker no longer serves, which cannot be detected: all at start,
/// then those that are still unfinished after a while. Two workers that run the same cascade take turns.
/// </summary>
internal sealed partial class CascadeSweep(ICatalogStore store, DeletionCascade deletion, RestorationCascade restoration, SchemaReadiness schema, TimeProvider time, ILogger<CascadeSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        // At start there is no minimum age: a cascade that a crash interrupted need not wait.
        var age = TimeSpan.Zero;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await FinishAsync(UnfinishedCascades.Deletions, deletion.RunAsync, age, stoppingToken);
                await FinishAsync(UnfinishedCascades.Restorations, restoration.RunAsync, age, stoppingToken);
                age = Late;
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

    [LoggerMessage(2, LogLevel.Warning, "The sweep for unfinished cascades failed; it runs again soon")]
    private partial void LogFailed(Exception fault);
}
