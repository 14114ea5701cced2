using Npgsql;

namespace Library.Bench;

/// <summary>
/// The rows that a range of positions left behind, as the very bytes that COPY takes: whoever writes them has nothing to make or to encode.
/// What <see cref="FinalRows"/> says of positions holds here too.
/// </summary>
internal sealed class FinalCopies
{
    private readonly List<(string Sql, byte[] Rows)>[] _chunks;

    private FinalCopies(int chunks) => _chunks = [.. Enumerable.Range(0, chunks).Select(_ => new List<(string, byte[])>())];

    /// <inheritdoc cref="FinalRows.ReadAsync"/>
    public static async Task<FinalCopies> ReadAsync(string postgres, long after, int count, int chunkSize)
    {
        var copies = new FinalCopies((count + chunkSize - 1) / chunkSize);
        await using var source = NpgsqlDataSource.Create(postgres + ";Search Path=library;Command Timeout=0");
        await using var connection = await source.OpenConnectionAsync();
        foreach (var (table, select) in FinalRows.Tables)
        {
            var columns = string.Join(", ", await FinalRows.ColumnsAsync(source, table));
            await using var gather = new NpgsqlCommand($"""
                create temp table final_{table} as select {columns}, place from ({select}) rows where place > {after} and place <= {after + count};
                create index on final_{table} (place);
                analyze final_{table}
                """, connection);
            await gather.ExecuteNonQueryAsync();
            await using var any = new NpgsqlCommand($"select exists (select from final_{table})", connection);
            if (!(bool)(await any.ExecuteScalarAsync())!) continue;
            for (var chunk = 0; chunk < copies._chunks.Length; chunk++)
            {
                var first = after + ((long)chunk * chunkSize);
                await using var stream = await connection.BeginRawBinaryCopyAsync(
                    $"copy (select {columns} from final_{table} where place > {first} and place <= {first + chunkSize} order by place) to stdout (format binary)");
                using var rows = new MemoryStream();
                await stream.CopyToAsync(rows);
                // Header and trailer alone: no author among the books.
                if (rows.Length > 21) copies._chunks[chunk].Add(($"copy {table} ({columns}) from stdin (format binary)", rows.ToArray()));
            }
        }

        return copies;
    }

    /// <summary>Writes them: a transaction for each chunk.</summary>
    public async Task WriteAsync(NpgsqlConnection connection)
    {
        foreach (var chunk in _chunks)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var (sql, rows) in chunk)
            {
                await using var stream = await connection.BeginRawBinaryCopyAsync(sql);
                await stream.WriteAsync(rows);
            }

            await transaction.CommitAsync();
        }
    }
}
