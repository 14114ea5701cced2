using Library.Worker.Infrastructure.Resilience;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>Migrates the schema at start, retrying until it succeeds; other services wait for it.</summary>
internal sealed partial class SchemaReadiness(ISchemaMigration migration, TimeProvider time, ILogger<SchemaReadiness> log) : BackgroundService
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOpen => _open.Task.IsCompletedSuccessfully;

    public Task WaitAsync(CancellationToken cancellation) => _open.Task.WaitAsync(cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), time);
        while (true)
        {
            try
            {
                await migration.RunAsync(stoppingToken);
                _open.SetResult();
                return;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }

            await backoff.WaitAsync(stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The schema cannot be migrated at the moment; retrying")]
    private partial void LogFailed(Exception fault);
}
