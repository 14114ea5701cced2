using System.Text.Json;
using Library.Api.Features.Imports.Records;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Errors;
using Npgsql;
using NpgsqlTypes;

namespace Library.Api.Features.Imports;

/// <summary>
/// Takes an import's records into the table of staged ones, a batch a transaction, so that none is open while the client sends. They count
/// for nothing until the import is set running, which is the last thing that happens.
/// </summary>
internal sealed class Staging : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly Guid _importId;
    private readonly bool _dryRun;
    private StagedBatch _batch = new();
    private StagedBatch _spare = new();
    private Task _writing = Task.CompletedTask;
    private bool _complete;

    private Staging(NpgsqlConnection connection, Guid importId, bool dryRun) => (_connection, _importId, _dryRun) = (connection, importId, dryRun);

    public static async Task<Staging> BeginAsync(NpgsqlDataSource postgres, Guid importId, bool dryRun, CancellationToken cancellation)
    {
        var staging = new Staging(await postgres.OpenConnectionAsync(cancellation), importId, dryRun);
        try
        {
            // Held as long as this connection lives: it lets others distinguish a running upload from a dead one.
            await staging.ExecuteAsync($"select pg_advisory_lock(hashtextextended('library.import.{importId}', 0))", cancellation);
            // Records left over from an earlier upload under the same key.
            await staging.ExecuteAsync($"delete from import_records where import = '{importId}'", cancellation);
            return staging;
        }
        catch
        {
            await staging.DisposeAsync();
            throw;
        }
    }

    public ValueTask AddAsync(long line, ParsedRecord parsed, ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        _batch.Add(line, parsed, record.Span);
        return _batch.IsFull ? new ValueTask(WriteAsync(cancellation)) : ValueTask.CompletedTask;
    }

    /// <returns>False: the import was cancelled meanwhile.</returns>
    public async Task<bool> CompleteAsync(UploadCount count, byte[]? request, CancellationToken cancellation)
    {
        await WriteAsync(cancellation);
        await _writing;
        await ExecuteAsync("begin", cancellation);
        var superseded = await SupersedeAsync(cancellation);
        if (!await RunAsync(count with { Refused = count.Refused + superseded }, request, cancellation)) return false;
        await ExecuteAsync("commit", cancellation);
        _complete = true;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The pool resets nothing by itself, and a statement that is cut off leaves the connection of no use.
            await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                // What was staged is deleted by the worker's sweep: to wait for that would hold the place.
                if (!_complete) await ExecuteAsync("rollback", CancellationToken.None);
                await ExecuteAsync("select pg_advisory_unlock_all()", CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and its lock with it; the worker's sweep deletes what it staged.
        }

        _batch.Dispose();
        _spare.Dispose();
        await _connection.DisposeAsync();
    }

    /// <summary>The batch goes out while the next one is filled.</summary>
    private async Task WriteAsync(CancellationToken cancellation)
    {
        await _writing;
        if (_batch.Count == 0) return;
        (_batch, _spare) = (_spare, _batch);
        _batch.Clear();
        _writing = CopyAsync(_spare, cancellation);
    }

    private async Task CopyAsync(StagedBatch batch, CancellationToken cancellation)
    {
        await using var copy = await _connection.BeginBinaryImportAsync("copy import_records (import, kind, line, id, own, record, problem) from stdin (format binary)", cancellation);
        copy.Timeout = TimeSpan.FromMinutes(1);
        foreach (var row in batch.Rows)
        {
            await copy.StartRowAsync(cancellation);
            await copy.WriteAsync(_importId, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(row.Kind, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellation);
            await WriteAsync(copy, row.Id, cancellation);
            await WriteAsync(copy, _dryRun && row is { Kind: 1, Problem: null } ? row.Id : null, cancellation);
            await copy.WriteAsync(batch.RecordOf(row), NpgsqlDbType.Bytea, cancellation);
            if (row.Problem is { } problem) await copy.WriteAsync(JsonSerializer.Serialize(problem, LibraryJsonContext.Default.Problem), NpgsqlDbType.Json, cancellation);
            else await copy.WriteNullAsync(cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, Guid? id, CancellationToken cancellation) =>
        id is { } value ? copy.WriteAsync(value, NpgsqlDbType.Uuid, cancellation) : copy.WriteNullAsync(cancellation);

    /// <summary>
    /// $1: the problem; $2: its detail, a format; $3: the import. One pass, and rows found again by their place: the planner knows nothing yet of an
    /// import that has just arrived, takes it for a row or two, and would join its records with all their groups, once for each record.
    /// </summary>
    internal const string SupersedeSql = """
        with repeated as materialized (
          select ctid, last from (
            select ctid, line, max(line) over (partition by kind, id) as last from import_records where import = $3 and problem is null) staged
          where line < last)
        update import_records r set problem = jsonb_set($1, '{detail}', to_jsonb(format($2, repeated.last)))::json
        from repeated where r.ctid = repeated.ctid
        """;

    /// <summary>The last line of each author and book wins.</summary>
    private async Task<long> SupersedeAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(SupersedeSql, _connection) { CommandTimeout = 0 };
        var problem = Problems.Superseded("%s");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(problem, LibraryJsonContext.Default.Problem), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = problem.Detail, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _importId });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<bool> RunAsync(UploadCount count, byte[]? request, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            update imports set status = 'running', received = $2, total = $2, refused = $3, bytes = $4, request = $5, updated_at = clock_timestamp()
            where id = $1 and status = 'receiving'
            """, _connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _importId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count.Received });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count.Refused });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count.Bytes });
        command.Parameters.Add(new NpgsqlParameter<byte[]?> { TypedValue = request, NpgsqlDbType = NpgsqlDbType.Bytea });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
