using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>A Marten document, ready to be stored.</summary>
internal sealed record DocumentRow(Guid Id, int Version, string Data);

/// <summary>Writes documents into Marten's tables as Marten would.</summary>
internal static class DocumentSql
{
    public static void AddTo(
        NpgsqlBatch batch, string table, Type type, DateTimeOffset now, IReadOnlyList<DocumentRow> stored, IReadOnlyList<Guid> deleted)
    {
        if (deleted.Count > 0)
            batch.BatchCommands.Add(Sql.Command($"delete from {table} where id = any($1)", Sql.Column(deleted, NpgsqlDbType.Uuid, id => id)));
        if (stored.Count == 0) return;
        batch.BatchCommands.Add(Sql.Command(
            $"""
             insert into {table} (id, data, mt_version, mt_last_modified, mt_dotnet_type)
             select id, data, version, $4, $5 from unnest($1, $2, $3) as d (id, data, version)
             on conflict (id) do update set data = excluded.data, mt_version = excluded.mt_version, mt_last_modified = excluded.mt_last_modified
             """,
            Sql.Column(stored, NpgsqlDbType.Uuid, d => d.Id),
            Sql.Column(stored, NpgsqlDbType.Jsonb, d => d.Data),
            Sql.Column(stored, NpgsqlDbType.Integer, d => d.Version),
            Sql.Value(now, NpgsqlDbType.TimestampTz),
            Sql.Value(type.FullName!, NpgsqlDbType.Text)));
    }
}
