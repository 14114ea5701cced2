using System.Text.Json;
using Library.Api.Features.Imports.Records;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Errors;
using Npgsql;
using NpgsqlTypes;

namespace Library.Api.Features.Imports;

/// <summary>
/// Takes an import's records into a table of its own, in one transaction: it is there as a whole, attached to the others, with the import
/// set running, or it never was.
/// </summary>
internal sealed class Staging : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly Guid _importId;
    private readonly string _table;
    private NpgsqlBinaryImporter? _copy;
    private bool _ended;

    private Staging(NpgsqlConnection connection, Guid importId) => (_connection, _importId, _table) = (connection, importId, $"import_records_{importId:N}");

    public static async Task<Staging> BeginAsync(NpgsqlDataSource postgres, Guid importId, CancellationToken cancellation)
    {
        var staging = new Staging(await postgres.OpenConnectionAsync(cancellation), importId);
        try
        {
            await staging.BeginAsync(cancellation);
            return staging;
        }
        catch
        {
            await staging.DisposeAsync();
            throw;
        }
    }

    public async ValueTask AddAsync(long line, ParsedRecord parsed, ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        var copy = _copy!;
        await copy.StartRowAsync(cancellation);
        await copy.WriteAsync(_importId, NpgsqlDbType.Uuid, cancellation);
        await copy.WriteAsync(parsed.Kind, NpgsqlDbType.Smallint, cancellation);
        await copy.WriteAsync(line, NpgsqlDbType.Bigint, cancellation);
        if (parsed.Id is { } id) await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancellation);
        else await copy.WriteNullAsync(cancellation);
        await copy.WriteAsync(record, NpgsqlDbType.Bytea, cancellation);
        if (parsed.Problem is { } problem) await copy.WriteAsync(JsonSerializer.Serialize(problem, LibraryJsonContext.Default.Problem), NpgsqlDbType.Json, cancellation);
        else await copy.WriteNullAsync(cancellation);
    }

    /// <returns>False: the import was cancelled meanwhile, and nothing is staged.</returns>
    public async Task<bool> CompleteAsync(UploadCount count, byte[]? request, bool dryRun, CancellationToken cancellation)
    {
        await _copy!.CompleteAsync(cancellation);
        await _copy.DisposeAsync();
        _copy = null;
        var superseded = await SupersedeAsync(cancellation);
        await ExecuteAsync($"create index on {_table} (kind, line)", cancellation);
        // A dry run asks for authors that the file itself would create.
        if (dryRun) await ExecuteAsync($"create index on {_table} (id) where kind = 1", cancellation);
        // Without it the next chunk would be looked for by sorting all that is left.
        await ExecuteAsync($"analyze {_table}", cancellation);
        // Proves to Postgres what the rows would have to be read for.
        await ExecuteAsync($"alter table {_table} add constraint own check (import = '{_importId}')", cancellation);
        await ExecuteAsync($"alter table import_records attach partition {_table} for values in ('{_importId}')", cancellation);
        if (!await RunAsync(count with { Refused = count.Refused + superseded }, request, cancellation)) return false;
        await ExecuteAsync("commit", cancellation);
        _ended = true;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_copy is not null) await _copy.DisposeAsync();
            // The pool resets nothing by itself.
            if (!_ended && _connection.FullState.HasFlag(System.Data.ConnectionState.Open)) await ExecuteAsync("rollback", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the transaction with it.
        }

        await _connection.DisposeAsync();
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("begin", cancellation);
        // Held as long as this connection lives: how others tell an upload that runs from one that died.
        await ExecuteAsync($"select pg_advisory_xact_lock(hashtextextended('library.import.{_importId}', 0))", cancellation);
        await ExecuteAsync($"create table {_table} (like import_records including defaults)", cancellation);
        // Frozen, which a table made in the same transaction may be: its rows need never be written again.
        _copy = await _connection.BeginBinaryImportAsync($"COPY {_table} (import, kind, line, id, record, problem) FROM STDIN (FORMAT BINARY, FREEZE)", cancellation);
        _copy.Timeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>The last line of each author and book wins.</summary>
    private async Task<long> SupersedeAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($$"""
            with repeated as (select kind, id, max(line) as last from {{_table}} where problem is null group by kind, id having count(*) > 1)
            update {{_table}} r set problem = jsonb_set($1, '{detail}', to_jsonb(format($2, repeated.last)))::json
            from repeated where r.kind = repeated.kind and r.id = repeated.id and r.line < repeated.last and r.problem is null
            """, _connection) { CommandTimeout = 0 };
        var problem = Problems.Superseded("%s");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(problem, LibraryJsonContext.Default.Problem), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = problem.Detail, NpgsqlDbType = NpgsqlDbType.Text });
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
