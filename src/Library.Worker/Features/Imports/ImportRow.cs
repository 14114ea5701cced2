using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Worker.Features.Imports;

/// <summary>The last record processed; records are ordered by kind, then line.</summary>
internal readonly record struct ImportCursor(short Kind, long Line)
{
    /// <summary>Where an undo begins: it takes the kinds in the opposite order.</summary>
    public static readonly ImportCursor UndoStart = new(StagedRecord.Book, 0);
}

/// <summary>What the worker reads from the row of an import.</summary>
/// <param name="Actor">The owner of the import; null: callers are not identified.</param>
internal sealed record ImportRow(string Status, string? Undo, bool DryRun, ImportCursor Cursor, string? Actor = null)
{
    public const string Running = "running";

    public bool IsToApply => Status == Running;

    public bool IsToUndo => Undo == Running;
}

/// <summary>The import's row; null: there is none.</summary>
/// <param name="Lock">Locks the row until the transaction ends: a request to pause or cancel waits for this chunk.</param>
internal sealed record FindImport(Guid ImportId, bool Lock = false) : ICatalogQuery<ImportRow?>
{
    private const string Select = "select status, undo, dry_run, cursor_kind, cursor_line, nullif(caller, '') from imports where id = $1";

    public async Task<ImportRow?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Lock ? Select + " for update" : Select, connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = ImportId } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        return new ImportRow(
            row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetBoolean(2), new ImportCursor(row.GetInt16(3), row.GetInt64(4)),
            row.IsDBNull(5) ? null : row.GetString(5));
    }
}
