using Library.Worker.Features.Commands;
using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Worker.Features.Imports;

/// <summary>The next records of an import: authors before books, in line order.</summary>
internal sealed record ImportChunk(IReadOnlyList<StagedRecord> Records)
{
    /// <summary>Records of one transaction: commands wait for a chunk at most.</summary>
    public const int Size = 1000;

    /// <summary>Bytes of one transaction; a larger record gets a transaction of its own.</summary>
    public const int Bytes = 1024 * 1024;

    public ImportCursor End => new(Records[^1].Kind, Records[^1].Line);

    public CatalogLoad ToLoad() => CommandLoad.Of([.. Records.Select(record => new PendingCommand(record.Command, null))]) with { Operations = [] };
}

/// <summary>Staged records never change, except that they may be refused, so they are read and parsed before the writer's lock is taken.</summary>
internal sealed record NextChunk(Guid ImportId, ImportCursor After, int Limit) : ICatalogQuery<ImportChunk>
{
    /// <summary>Postgres does not send records beyond the byte limit: with records of a megabyte that would be a gigabyte each time.</summary>
    private const string Next = """
        select kind, line, id, record
        from (select *, sum(octet_length(record)) over (order by line) as bytes
          from (select kind, line, id, record from import_records where import = $1 and kind = $2 and line > $3 and problem is null order by line limit $4) page) sized
        where bytes <= $5 or bytes = octet_length(record)
        order by line
        """;

    public async Task<ImportChunk> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var chunk = await ReadKindAsync(connection, After, cancellation);
        return chunk.Records.Count == 0 && After.Kind == StagedRecord.Author
            ? await ReadKindAsync(connection, new ImportCursor(StagedRecord.Book, 0), cancellation)
            : chunk;
    }

    private async Task<ImportChunk> ReadKindAsync(NpgsqlConnection connection, ImportCursor after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Next, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = ImportId },
                new NpgsqlParameter<short> { TypedValue = after.Kind },
                new NpgsqlParameter<long> { TypedValue = after.Line },
                new NpgsqlParameter<int> { TypedValue = Limit },
                new NpgsqlParameter<int> { TypedValue = ImportChunk.Bytes },
            },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var records = new List<StagedRecord>(Limit);
        while (await row.ReadAsync(cancellation)) records.Add(StagedRecord.Read(row.GetInt16(0), row.GetInt64(1), row.GetGuid(2), row.GetFieldValue<byte[]>(3)));
        return new ImportChunk(records);
    }
}
