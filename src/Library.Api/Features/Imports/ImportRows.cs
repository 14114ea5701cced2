using System.Text.Json;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Errors;
using Npgsql;
using NpgsqlTypes;

namespace Library.Api.Features.Imports;

/// <summary>An import as a request finds it.</summary>
/// <param name="IsNew">It is to be received; otherwise the request repeats one that was received whole.</param>
/// <param name="Request">What was sent then.</param>
internal readonly record struct ImportClaim(Guid Id, bool IsNew, byte[]? Request);

/// <summary>What the API writes about imports.</summary>
internal sealed class ImportRows(NpgsqlDataSource postgres)
{
    private const string Insert = """
        insert into imports (id, caller, idempotency_key, dry_run, status, started_at, updated_at)
        values ($1, $2, $3, $4, 'receiving', clock_timestamp(), clock_timestamp())
        on conflict (caller, idempotency_key) do nothing returning id
        """;

    /// <summary>What failed is started over, and so is an upload that died: it holds its lock no more.</summary>
    private const string StartOver = """
        update imports set status = 'receiving', dry_run = $3, received = 0, bytes = 0, refused = 0, problem = null,
          started_at = clock_timestamp(), updated_at = clock_timestamp(), completed_at = null, records_deleted_at = null
        where caller = $1 and idempotency_key = $2 and (status = 'failed' or (status = 'cancelled' and total is null)
          or (status = 'receiving' and pg_try_advisory_xact_lock(hashtextextended('library.import.' || id, 0))))
        returning id
        """;

    private const string Find = "select id, status, request from imports where caller = $1 and idempotency_key = $2";

    private const string Progress = """
        update imports set received = $2, bytes = $3, refused = $4, updated_at = clock_timestamp() where id = $1 and status = 'receiving'
        """;

    private const string Fail = """
        update imports set status = 'failed', problem = $2, updated_at = clock_timestamp(), completed_at = clock_timestamp() where id = $1 and status = 'receiving'
        """;

    /// <exception cref="RefusalException">The key's first upload is still running.</exception>
    public async Task<ImportClaim> ClaimAsync(Guid id, string caller, string? key, bool dryRun, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        if (await ReadAsync(connection, Insert, cancellation, Uuid(id), Text(caller), Text(key), Flag(dryRun)) is not null) return new ImportClaim(id, true, null);
        if (await ReadAsync(connection, StartOver, cancellation, Text(caller), Text(key), Flag(dryRun)) is Guid again) return new ImportClaim(again, true, null);
        await using var command = new NpgsqlCommand(Find, connection) { Parameters = { Text(caller), Text(key) } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return row.GetString(1) == ImportStatus.Receiving
            ? throw new RefusalException(Problems.UploadRunning(row.GetGuid(0)))
            : new ImportClaim(row.GetGuid(0), false, row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2));
    }

    /// <returns>False: it is not to be received any more.</returns>
    public Task<bool> ProgressAsync(Guid id, UploadCount count, CancellationToken cancellation) => ExecuteAsync(
        Progress, cancellation, Uuid(id), Number(count.Received), Number(count.Bytes), Number(count.Refused));

    public Task<bool> FailAsync(Guid id, Problem problem, CancellationToken cancellation) => ExecuteAsync(
        Fail, cancellation, Uuid(id), new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(problem, LibraryJsonContext.Default.Problem), NpgsqlDbType = NpgsqlDbType.Json });

    public async Task<bool> ExecuteAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = postgres.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    private static async Task<object?> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static NpgsqlParameter<Guid> Uuid(Guid id) => new() { TypedValue = id };

    private static NpgsqlParameter<string?> Text(string? text) => new() { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<bool> Flag(bool flag) => new() { TypedValue = flag };

    private static NpgsqlParameter<long> Number(long number) => new() { TypedValue = number };
}

/// <summary>How much of an upload has arrived.</summary>
internal record struct UploadCount(long Received, long Refused, long Bytes);
