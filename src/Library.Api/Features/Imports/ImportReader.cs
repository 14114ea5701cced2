using System.Text.Json;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Contracts.Serialization;
using Npgsql;

namespace Library.Api.Features.Imports;

/// <summary>Reads the rows of imports.</summary>
internal sealed class ImportReader(Database database, TimeProvider time)
{
    private const string Select = """
        select id, status, dry_run, received, applied, unchanged, refused, total, bytes, records_per_second, started_at, completed_at, undo, undone, kept, problem::text
        from imports
        """;

    /// <summary>Null: there is none, or it is another's.</summary>
    public Task<ImportResponse?> FindAsync(Guid id, Caller caller, CancellationToken cancellation) => database.ReadAsync(
        Select + " where id = $1 and ($3 or caller = $2)",
        [new NpgsqlParameter<Guid> { TypedValue = id }, .. Of(caller)],
        async (row, limit) => await row.ReadAsync(limit) ? Read(row) : null,
        cancellation);

    /// <summary>Those that are the caller's to see, newest first.</summary>
    /// <param name="before">The import before which the page begins; null: at the newest.</param>
    public Task<List<ImportResponse>> PageAsync(Caller caller, Guid? before, int count, CancellationToken cancellation) => database.ReadAsync(
        Select + " where id < $1 and ($3 or caller = $2) order by id desc limit $4",
        [new NpgsqlParameter<Guid> { TypedValue = before ?? Guid.AllBitsSet }, .. Of(caller), new NpgsqlParameter<int> { TypedValue = count }],
        async (row, limit) =>
        {
            var page = new List<ImportResponse>(count);
            while (await row.ReadAsync(limit)) page.Add(Read(row));
            return page;
        },
        cancellation);

    /// <summary>Whether its records are still kept.</summary>
    public Task<bool> HasRecordsAsync(Guid id, CancellationToken cancellation) => database.ReadAsync(
        "select records_deleted_at is null from imports where id = $1",
        [new NpgsqlParameter<Guid> { TypedValue = id }],
        async (row, limit) => await row.ReadAsync(limit) && row.GetBoolean(0),
        cancellation);

    /// <summary>$2 and $3.</summary>
    private static NpgsqlParameter[] Of(Caller caller) => [new NpgsqlParameter<string> { TypedValue = caller.Name }, new NpgsqlParameter<bool> { TypedValue = caller.IsAdmin }];

    private ImportResponse Read(NpgsqlDataReader row)
    {
        var import = new ImportResponse
        {
            Id = row.GetGuid(0),
            Status = row.GetString(1),
            DryRun = row.GetBoolean(2),
            Received = row.GetInt64(3),
            Applied = row.GetInt64(4),
            Unchanged = row.GetInt64(5),
            Refused = row.GetInt64(6),
            Total = row.IsDBNull(7) ? null : row.GetInt64(7),
            Bytes = row.GetInt64(8),
            StartedAt = row.GetDateTime(10),
            CompletedAt = row.IsDBNull(11) ? null : row.GetDateTime(11),
            Undo = row.IsDBNull(12) ? null : new ImportUndoResponse { Status = row.GetString(12), Undone = row.GetInt64(13), Kept = row.GetInt64(14) },
            Problem = row.IsDBNull(15) ? null : JsonSerializer.Deserialize(row.GetString(15), LibraryJsonContext.Default.Problem),
        };
        return WithRate(import, row.IsDBNull(9) ? null : row.GetFloat(9));
    }

    /// <param name="measured">Of the last chunks, by the worker.</param>
    private ImportResponse WithRate(ImportResponse import, float? measured)
    {
        var seconds = ((import.CompletedAt ?? time.GetUtcNow().UtcDateTime) - import.StartedAt).TotalSeconds;
        var done = import.Applied + import.Unchanged + import.Refused;
        double? rate = import.Status switch
        {
            ImportStatus.Receiving => import.Received / seconds,
            ImportStatus.Running => measured,
            ImportStatus.Succeeded => done / seconds,
            _ => null,
        };
        if (rate is null or 0 || !double.IsFinite(rate.Value)) return import;
        return import with
        {
            RecordsPerSecond = Math.Round(rate.Value, 1),
            EtaSeconds = import.Status == ImportStatus.Running ? Math.Round((import.Total!.Value - done) / rate.Value, 1) : null,
        };
    }
}
