using Library.Worker.Storage;
using Library.Worker.Writing;
using Npgsql;

namespace Library.Worker.Imports;

/// <summary>The next records of an import: authors before books, in line order.</summary>
internal sealed record ImportChunk(IReadOnlyList<StagedRecord> Records)
{
    /// <summary>Records of one transaction: commands wait for a chunk at most.</summary>
    public const int Size = 1000;

    /// <summary>Bytes of one transaction; a record that is larger goes alone.</summary>
    public const int Bytes = 1024 * 1024;

    private const string Next = """
        select kind, line, id, record from import_records
        where import = $1 and kind = $2 and line > $3 and problem is null
        order by line limit $4
        """;

    public ImportCursor End => new(Records[^1].Kind, Records[^1].Line);

    /// <summary>Staged records never change, save that they are refused: so they are read and parsed before the writer's lock is asked for.</summary>
    public static async Task<ImportChunk> ReadAsync(NpgsqlDataSource postgres, Guid importId, ImportCursor after, int limit, CancellationToken cancellation)
    {
        var chunk = await ReadKindAsync(postgres, importId, after, limit, cancellation);
        return chunk.Records.Count == 0 && after.Kind == StagedRecord.Author
            ? await ReadKindAsync(postgres, importId, new ImportCursor(StagedRecord.Book, 0), limit, cancellation)
            : chunk;
    }

    public CatalogLoad ToLoad() => CatalogLoad.For([.. Records.Select(record => new PendingCommand(record.Command, null))]) with { Operations = [] };

    private static async Task<ImportChunk> ReadKindAsync(NpgsqlDataSource postgres, Guid importId, ImportCursor after, int limit, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(Next);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = importId });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = after.Kind });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after.Line });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var records = new List<StagedRecord>(limit);
        var bytes = 0;
        while (await row.ReadAsync(cancellation))
        {
            var json = row.GetFieldValue<byte[]>(3);
            bytes += json.Length;
            if (bytes > Bytes && records.Count > 0) break;
            records.Add(StagedRecord.Read(row.GetInt16(0), row.GetInt64(1), row.GetGuid(2), json));
        }

        return new ImportChunk(records);
    }
}
