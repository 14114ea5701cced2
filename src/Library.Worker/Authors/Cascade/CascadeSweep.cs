using Library.Worker.Storage;
using Npgsql;

namespace Library.Worker.Authors.Cascade;

/// <summary>Finishes cascades whose message was lost: at start, and each minute those that are older than one.</summary>
internal sealed partial class CascadeSweep(NpgsqlDataSource postgres, DeletionCascade deletion, RestorationCascade restoration, SchemaGate schema, TimeProvider time, ILogger<CascadeSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const string UnfinishedDeletions = """
        select a.id, a.deleted_at_position from authors a join mt_events e on e.seq_id = a.deleted_at_position
        where a.deleted_at_position is not null and e.timestamp < clock_timestamp() - $1
        order by a.deleted_at_position
        """;

    private const string UnfinishedRestorations = """
        select r.author_id, r.restored_at from author_restorations r
        join authors a on a.id = r.author_id and a.deleted_at_position is null join mt_events e on e.seq_id = r.restored_at
        where e.timestamp < clock_timestamp() - $1
        order by r.restored_at
        """;

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
                await FinishAsync(UnfinishedDeletions, deletion.RunAsync, age, stoppingToken);
                await FinishAsync(UnfinishedRestorations, restoration.RunAsync, age, stoppingToken);
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
        foreach (var (authorId, position) in await ReadAsync(unfinished, age, cancellation))
        {
            LogFound(authorId, position);
            await cascade(authorId, position, cancellation);
        }
    }

    private async Task<List<(Guid AuthorId, long Position)>> ReadAsync(string unfinished, TimeSpan age, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(unfinished);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(Guid, long)>();
        while (await reader.ReadAsync(cancellation)) found.Add((reader.GetGuid(0), reader.GetInt64(1)));
        return found;
    }

    [LoggerMessage(1, LogLevel.Information, "Finishing the cascade of author {AuthorId} that began at position {Position}")]
    private partial void LogFound(Guid authorId, long position);

    [LoggerMessage(2, LogLevel.Warning, "The sweep for unfinished cascades failed; it runs again in a minute")]
    private partial void LogFailed(Exception fault);
}
