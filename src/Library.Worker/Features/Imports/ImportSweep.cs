using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Errors;
using Library.Hosting.Messaging;
using Library.Worker.Infrastructure.Storage;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Features.Imports;

/// <summary>
/// Handles imports that would otherwise be stuck: announces imports with work to do whose message was lost, fails imports whose upload died
/// with its API instance, and deletes the records of imports past their retention.
/// </summary>
internal sealed partial class ImportSweep(NpgsqlDataSource postgres, IBus bus, SchemaReadiness schema, TimeProvider time, ILogger<ImportSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>An import may wait behind another one for a long time, but as long as any import makes progress, none is considered lost.</summary>
    private const string Forgotten = """
        select id from imports
        where (status = 'running' or undo = 'running')
          and not exists (select from imports where (status = 'running' or undo = 'running') and updated_at > clock_timestamp() - $1)
        order by id
        """;

    /// <summary>An upload holds its lock for as long as its connection lives.</summary>
    private const string EndBrokenUploads = """
        with silent as materialized (select id from imports where status = 'receiving' and updated_at < clock_timestamp() - $1)
        update imports i set status = 'failed', problem = $2, completed_at = clock_timestamp(), updated_at = clock_timestamp()
        from silent where i.id = silent.id and i.status = 'receiving' and pg_try_advisory_xact_lock(hashtextextended('library.import.' || silent.id, 0))
        returning i.id
        """;

    private const string ReleaseKeys = "update imports set idempotency_key = null where idempotency_key is not null and completed_at < clock_timestamp() - $1 returning id";

    /// <summary>Imports past their retention; records of an import that was never applied are deleted immediately.</summary>
    private const string Expired = """
        select id from imports
        where records_deleted_at is null and completed_at is not null and undo is distinct from 'running'
          and (completed_at < clock_timestamp() - $1 or status = 'failed' or (status = 'cancelled' and total is null))
        order by completed_at limit 1000
        """;

    /// <summary>Skips an import that is started over: its mark is then removed, or its upload holds the lock.</summary>
    private const string DeleteBatch = """
        with batch as materialized (
          select ctid from import_records where import = $1
            and exists (select from imports where id = $1 and records_deleted_at is not null)
            and (select pg_try_advisory_xact_lock(hashtextextended('library.import.' || $1, 0)))
          limit $2)
        delete from import_records using batch where import_records.ctid = batch.ctid
        """;

    private const string MarkDeleted = "update imports set records_deleted_at = clock_timestamp() where id = $1 and status <> 'receiving' returning id";

    private const int BatchSize = 10_000;

    /// <summary>How long the records of an import are kept after its end: to be undone, or to look at those that were refused.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>How long an idempotency key stands for an import that has ended.</summary>
    private static readonly TimeSpan KeysKept = TimeSpan.FromHours(24);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                foreach (var id in await ReadAsync<Guid>(EndBrokenUploads, stoppingToken, Age(Interval), Broken())) LogBroken(id);
                foreach (var id in await ReadAsync<Guid>(Forgotten, stoppingToken, Age(Patience))) await AnnounceAsync(id, stoppingToken);
                await ReadAsync<Guid>(ReleaseKeys, stoppingToken, Age(KeysKept));
                foreach (var id in await ReadAsync<Guid>(Expired, stoppingToken, Age(Retention))) await DeleteAsync(id, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task AnnounceAsync(Guid importId, CancellationToken cancellation)
    {
        LogForgotten(importId);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Interval);
        await bus.Publish(new ApplyImport { ImportId = importId }, limit.Token);
        await using var command = postgres.CreateCommand("update imports set updated_at = clock_timestamp() where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Deletes in batches, one transaction each: the writer must not wait until millions are deleted.</summary>
    private async Task DeleteAsync(Guid importId, CancellationToken cancellation)
    {
        // Marked first, so that a client gets the answer that they are deleted, not a partial list.
        if ((await ReadAsync<Guid>(MarkDeleted, cancellation, Sql.Value(importId, NpgsqlDbType.Uuid))).Count == 0) return;
        int deleted;
        do
        {
            await using var command = postgres.CreateCommand(DeleteBatch);
            command.Parameters.Add(Sql.Value(importId, NpgsqlDbType.Uuid));
            command.Parameters.Add(Sql.Value(BatchSize, NpgsqlDbType.Integer));
            deleted = await command.ExecuteNonQueryAsync(cancellation);
        }
        while (deleted == BatchSize);
        LogDeleted(importId);
    }

    private async Task<List<T>> ReadAsync<T>(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = postgres.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var values = new List<T>();
        while (await row.ReadAsync(cancellation)) values.Add(row.GetFieldValue<T>(0));
        return values;
    }

    private static NpgsqlParameter Age(TimeSpan age) => Sql.Value(age, NpgsqlDbType.Interval);

    private static NpgsqlParameter Broken() => Sql.Value(JsonSerializer.Serialize(Problems.UploadBroken, LibraryJsonContext.Default.Problem), NpgsqlDbType.Json);

    [LoggerMessage(1, LogLevel.Information, "Import {ImportId} is waiting and no import makes progress; announcing it again")]
    private partial void LogForgotten(Guid importId);

    [LoggerMessage(2, LogLevel.Warning, "The upload of import {ImportId} died; the import is marked as failed")]
    private partial void LogBroken(Guid importId);

    [LoggerMessage(3, LogLevel.Information, "Deleted the staged records of import {ImportId}")]
    private partial void LogDeleted(Guid importId);

    [LoggerMessage(4, LogLevel.Warning, "The import sweep failed; it runs again in ten seconds")]
    private partial void LogFailed(Exception fault);
}
