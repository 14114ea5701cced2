using Library.Worker.Storage;
using Npgsql;

namespace Library.Worker.Authors.Cascade;

/// <summary>Finishes cascades whose message was lost: at start, and each minute those that are older than one.</summary>
internal sealed partial class CascadeSweep(NpgsqlDataSource postgres, DeletionCascade cascade, SchemaGate schema, TimeProvider time, ILogger<CascadeSweep> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const string Unfinished = """
        select a.id, a.deleted_at_position from authors a join mt_events e on e.seq_id = a.deleted_at_position
        where a.deleted_at_position is not null and e.timestamp < clock_timestamp() - $1
        order by a.deleted_at_position
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
                foreach (var (authorId, deletedAt) in await ReadAsync(age, stoppingToken))
                {
                    LogFound(authorId, deletedAt);
                    await cascade.RunAsync(authorId, deletedAt, stoppingToken);
                }

                age = Interval;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<(Guid AuthorId, long DeletedAt)>> ReadAsync(TimeSpan age, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(Unfinished);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(Guid, long)>();
        while (await reader.ReadAsync(cancellation)) found.Add((reader.GetGuid(0), reader.GetInt64(1)));
        return found;
    }

    [LoggerMessage(1, LogLevel.Information, "Finishing the cascade of author {AuthorId}, deleted at position {DeletedAt}")]
    private partial void LogFound(Guid authorId, long deletedAt);

    [LoggerMessage(2, LogLevel.Warning, "The sweep for unfinished cascades failed; it runs again in a minute")]
    private partial void LogFailed(Exception fault);
}
