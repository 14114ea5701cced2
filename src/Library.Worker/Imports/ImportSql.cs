using System.Text.Json;
using Library.Contracts;
using Library.Worker.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Imports;

/// <summary>What a chunk writes about its import, in the transaction that applies it.</summary>
internal static class ImportSql
{
    private const string Advance = """
        update imports set cursor_kind = $2, cursor_line = $3, applied = applied + $4, unchanged = unchanged + $5, refused = refused + $6,
          records_per_second = $7, updated_at = clock_timestamp()
        where id = $1
        """;

    private const string Refuse = """
        update import_records r set problem = p.problem from unnest($2, $3, $4) as p (kind, line, problem)
        where r.import = $1 and r.kind = p.kind and r.line = p.line
        """;

    private const string Complete = """
        update imports set status = 'succeeded', updated_at = clock_timestamp(), completed_at = clock_timestamp() where id = $1
        """;

    private const string AdvanceUndo = """
        update imports set cursor_kind = $2, cursor_line = $3, undone = undone + $4, kept = kept + $5, updated_at = clock_timestamp() where id = $1
        """;

    private const string CompleteUndo = "update imports set undo = 'succeeded', updated_at = clock_timestamp() where id = $1";

    public static IEnumerable<NpgsqlBatchCommand> Of(Guid importId, ImportCursor end, ImportTally tally, double recordsPerSecond)
    {
        yield return Sql.Command(Advance,
            Id(importId),
            Sql.Value(end.Kind, NpgsqlDbType.Smallint),
            Sql.Value(end.Line, NpgsqlDbType.Bigint),
            Sql.Value(tally.Applied, NpgsqlDbType.Bigint),
            Sql.Value(tally.Unchanged, NpgsqlDbType.Bigint),
            Sql.Value((long)tally.Refused.Count, NpgsqlDbType.Bigint),
            Sql.Value((float)recordsPerSecond, NpgsqlDbType.Real));
        if (tally.Refused.Count == 0) yield break;
        yield return Sql.Command(Refuse,
            Id(importId),
            Sql.Column(tally.Refused, NpgsqlDbType.Smallint, refused => refused.Kind),
            Sql.Column(tally.Refused, NpgsqlDbType.Bigint, refused => refused.Line),
            Sql.Column(tally.Refused, NpgsqlDbType.Json, refused => JsonSerializer.Serialize(refused.Problem, LibraryJsonContext.Default.Problem)));
    }

    public static NpgsqlBatchCommand OfEnd(Guid importId) => Sql.Command(Complete, Id(importId));

    public static NpgsqlBatchCommand OfUndo(Guid importId, ImportCursor end, long undone, long kept) => Sql.Command(AdvanceUndo,
        Id(importId),
        Sql.Value(end.Kind, NpgsqlDbType.Smallint),
        Sql.Value(end.Line, NpgsqlDbType.Bigint),
        Sql.Value(undone, NpgsqlDbType.Bigint),
        Sql.Value(kept, NpgsqlDbType.Bigint));

    public static NpgsqlBatchCommand OfUndoEnd(Guid importId) => Sql.Command(CompleteUndo, Id(importId));

    private static NpgsqlParameter Id(Guid importId) => Sql.Value(importId, NpgsqlDbType.Uuid);
}
