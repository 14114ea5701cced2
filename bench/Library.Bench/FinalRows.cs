using Npgsql;

namespace Library.Bench;

/// <summary>
/// The rows that a range of positions left behind, table by table, as arrays that one multi-row INSERT takes. Only for positions whose
/// commands all created something: then each row belongs to one position.
/// </summary>
internal sealed class FinalRows
{
    /// <summary>Parents before children; which position a row belongs to.</summary>
    public static readonly (string Table, string Rows)[] Tables =
    [
        ("mt_streams", "select t.*, e.seq_id as place from mt_streams t join mt_events e on e.stream_id = t.id"),
        ("mt_events", "select t.*, t.seq_id as place from mt_events t"),
        ("authors", "select t.*, t.position as place from authors t"),
        ("mt_doc_author", "select t.*, a.position as place from mt_doc_author t join authors a on a.id = t.id"),
        ("books", "select t.*, t.position as place from books t"),
        ("book_authors", "select t.*, t.since as place from book_authors t"),
        ("mt_doc_book", "select t.*, b.position as place from mt_doc_book t join books b on b.id = t.id"),
        ("operations", "select t.*, t.position as place from operations t"),
    ];

    private readonly List<(string Sql, (object Values, string Type)[] Columns)>[] _batches;

    private FinalRows(int batches) => _batches = [.. Enumerable.Range(0, batches).Select(_ => new List<(string, (object, string)[])>())];

    /// <param name="after">The position before the first.</param>
    /// <param name="count">How many positions.</param>
    /// <param name="batchSize">How many positions make one transaction.</param>
    public static async Task<FinalRows> ReadAsync(string postgres, long after, int count, int batchSize)
    {
        var rows = new FinalRows((count + batchSize - 1) / batchSize);
        // Nullable columns come as arrays with nulls in them.
        await using var source = NpgsqlDataSource.Create(postgres + ";Search Path=library;Array Nullability Mode=PerInstance");
        foreach (var (table, select) in Tables)
        {
            var columns = await ColumnsAsync(source, table);
            var types = await TypesAsync(source, table);
            await using var read = source.CreateCommand($"""
                select (dense_place - 1) / {batchSize}, {string.Join(", ", columns.Select(column => $"array_agg({column}{(IsSentAsText(types[column]) ? "::text" : "")} order by place)"))}
                from (select *, place - {after} as dense_place from ({select}) rows where place > {after}) numbered group by 1 order by 1
                """);
            await using var reader = await read.ExecuteReaderAsync();
            var values = columns.Select(column => IsSentAsText(types[column]) ? $"{column}::{types[column]}" : column);
            var sql = $"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", values)} from unnest({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))}) as u ({string.Join(", ", columns)})";
            while (await reader.ReadAsync())
            {
                rows._batches[reader.GetInt64(0)].Add((sql, [.. columns.Select((_, i) => (reader.GetValue(i + 1), reader.GetDataTypeName(i + 1)))]));
            }
        }

        return rows;
    }

    /// <summary>Writes them: a transaction, in one round trip, for each batch.</summary>
    public async Task InsertAsync(NpgsqlConnection connection)
    {
        foreach (var statements in _batches)
        {
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("begin") } };
            foreach (var (sql, columns) in statements)
            {
                var command = new NpgsqlBatchCommand(sql);
                foreach (var (values, type) in columns) command.Parameters.Add(new NpgsqlParameter { Value = values, DataTypeName = type });
                batch.BatchCommands.Add(command);
            }

            batch.BatchCommands.Add(new("commit"));
            await batch.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Arrays of arrays would be unnested to their last element; a vector is sent as the service sends it.</summary>
    private static bool IsSentAsText(string type) => type == "tsvector" || type.EndsWith("[]", StringComparison.Ordinal);

    private static async Task<Dictionary<string, string>> TypesAsync(NpgsqlDataSource source, string table)
    {
        await using var read = source.CreateCommand("select attname::text, format_type(atttypid, atttypmod) from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped");
        read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await using var reader = await read.ExecuteReaderAsync();
        var types = new Dictionary<string, string>();
        while (await reader.ReadAsync()) types.Add(reader.GetString(0), reader.GetString(1));
        return types;
    }

    /// <summary>Those that are written: the database generates the others.</summary>
    public static async Task<string[]> ColumnsAsync(NpgsqlDataSource source, string table)
    {
        await using var read = source.CreateCommand(
            "select array_agg(column_name::text order by ordinal_position) from information_schema.columns where table_schema = 'library' and table_name = $1 and is_generated = 'NEVER'");
        read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        return (string[])(await read.ExecuteScalarAsync())!;
    }
}
