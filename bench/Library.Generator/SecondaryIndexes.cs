using Npgsql;

namespace Library.Generator;

/// <summary>Takes indexes and foreign keys off the catalog's tables while they are filled, and puts them back: built at once, they cost a fraction.</summary>
internal sealed class SecondaryIndexes(NpgsqlDataSource postgres)
{
    private const string Tables = "array['mt_streams', 'mt_events', 'mt_doc_author', 'mt_doc_book', 'authors', 'books', 'book_authors']";

    private const string Find = $"""
        select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname), format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
        from pg_constraint c join pg_class t on t.oid = c.conrelid
        where c.contype = 'f' and t.relnamespace = current_schema()::regnamespace and t.relname = any({Tables})
        union all
        select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
        from pg_index i join pg_class t on t.oid = i.indrelid
        where t.relnamespace = current_schema()::regnamespace and t.relname = any({Tables}) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
        """;

    private readonly List<string> _create = [];

    public async Task DropAsync()
    {
        var drop = new List<string>();
        await using (var find = postgres.CreateCommand(Find))
        await using (var row = await find.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                drop.Add(row.GetString(0));
                _create.Add(row.GetString(1));
            }
        }

        foreach (var sql in drop) await ExecuteAsync(sql);
    }

    /// <summary>Indexes side by side, then the foreign keys, which read them.</summary>
    public async Task CreateAsync(int connections)
    {
        await Parallel.ForEachAsync(_create.Where(sql => sql.StartsWith("CREATE", StringComparison.Ordinal)), new ParallelOptions { MaxDegreeOfParallelism = connections },
            async (sql, _) => await ExecuteAsync("set maintenance_work_mem = '1GB';" + sql));
        foreach (var sql in _create.Where(sql => !sql.StartsWith("CREATE", StringComparison.Ordinal))) await ExecuteAsync(sql);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = postgres.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
