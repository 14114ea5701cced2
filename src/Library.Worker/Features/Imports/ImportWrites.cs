using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Worker.Infrastructure.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Features.Imports;

/// <summary>What a chunk writes about its import, in the transaction that applies it.</summary>
internal sealed record ImportProgress(Guid ImportId, ImportCursor End, ImportTally Tally, double RecordsPerSecond) : ICatalogWrite
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

    public IEnumerable<NpgsqlBatchCommand> ToSql()
    {
        yield return Sql.Command(Advance,
            Sql.Value(ImportId, NpgsqlDbType.Uuid),
            Sql.Value(End.Kind, NpgsqlDbType.Smallint),
            Sql.Value(End.Line, NpgsqlDbType.Bigint),
            Sql.Value(Tally.Applied, NpgsqlDbType.Bigint),
            Sql.Value(Tally.Unchanged, NpgsqlDbType.Bigint),
            Sql.Value((long)Tally.Refused.Count, NpgsqlDbType.Bigint),
            Sql.Value((float)RecordsPerSecond, NpgsqlDbType.Real));
        if (Tally.Refused.Count == 0) yield break;
        yield return Sql.Command(Refuse,
            Sql.Value(ImportId, NpgsqlDbType.Uuid),
            Sql.Column(Tally.Refused, NpgsqlDbType.Smallint, refused => refused.Kind),
            Sql.Column(Tally.Refused, NpgsqlDbType.Bigint, refused => refused.Line),
            Sql.Column(Tally.Refused, NpgsqlDbType.Json, refused => JsonSerializer.Serialize(refused.Problem, LibraryJsonContext.Default.Problem)));
    }
}

/// <summary>Every record of the import has been processed.</summary>
internal sealed record ImportThrough(Guid ImportId) : ICatalogWrite
{
    private const string Complete = "update imports set status = 'succeeded', updated_at = clock_timestamp(), completed_at = clock_timestamp() where id = $1";

    public IEnumerable<NpgsqlBatchCommand> ToSql() => [Sql.Command(Complete, Sql.Value(ImportId, NpgsqlDbType.Uuid))];
}

/// <summary>What a chunk of an undo writes about its import.</summary>
internal sealed record UndoProgress(Guid ImportId, ImportCursor End, long Undone, long Kept) : ICatalogWrite
{
    private const string Advance = """
        update imports set cursor_kind = $2, cursor_line = $3, undone = undone + $4, kept = kept + $5, updated_at = clock_timestamp() where id = $1
        """;

    public IEnumerable<NpgsqlBatchCommand> ToSql() =>
    [
        Sql.Command(Advance,
            Sql.Value(ImportId, NpgsqlDbType.Uuid),
            Sql.Value(End.Kind, NpgsqlDbType.Smallint),
            Sql.Value(End.Line, NpgsqlDbType.Bigint),
            Sql.Value(Undone, NpgsqlDbType.Bigint),
            Sql.Value(Kept, NpgsqlDbType.Bigint)),
    ];
}

/// <summary>Every record of the import is taken back or kept.</summary>
internal sealed record UndoCompleted(Guid ImportId) : ICatalogWrite
{
    private const string Complete = "update imports set undo = 'succeeded', updated_at = clock_timestamp() where id = $1";

    public IEnumerable<NpgsqlBatchCommand> ToSql() => [Sql.Command(Complete, Sql.Value(ImportId, NpgsqlDbType.Uuid))];
}
