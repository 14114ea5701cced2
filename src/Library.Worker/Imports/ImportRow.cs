using Npgsql;

namespace Library.Worker.Imports;

/// <summary>The last record that was dealt with; records are ordered by kind, then line.</summary>
internal readonly record struct ImportCursor(short Kind, long Line)
{
    /// <summary>Where an undo begins: it takes the kinds in the opposite order.</summary>
    public static readonly ImportCursor UndoStart = new(StagedRecord.Book, 0);
}

/// <summary>What the worker asks of the row of an import.</summary>
internal sealed record ImportRow(string Status, string? Undo, bool DryRun, ImportCursor Cursor)
{
    public const string Running = "running";

    private const string Select = "select status, undo, dry_run, cursor_kind, cursor_line from imports where id = $1";

    public bool IsToApply => Status == Running;

    public bool IsToUndo => Undo == Running;

    public static async Task<ImportRow?> FindAsync(NpgsqlDataSource postgres, Guid importId, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(Select);
        return await ReadAsync(command, importId, cancellation);
    }

    /// <summary>Locks the row until the transaction ends: who wants to pause or cancel waits for this chunk.</summary>
    public static async Task<ImportRow?> LockAsync(NpgsqlConnection connection, Guid importId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Select + " for update", connection);
        return await ReadAsync(command, importId, cancellation);
    }

    private static async Task<ImportRow?> ReadAsync(NpgsqlCommand command, Guid importId, CancellationToken cancellation)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        return new ImportRow(
            row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetBoolean(2), new ImportCursor(row.GetInt16(3), row.GetInt64(4)));
    }
}
