using Library.Contracts;
using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Worker.Features.Imports;

/// <summary>Those of the given authors that the import itself contains.</summary>
internal sealed record OwnAuthors(Guid ImportId, Guid[] AuthorIds) : ICatalogQuery<IReadOnlySet<Guid>>
{
    public async Task<IReadOnlySet<Guid>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id from import_records where import = $1 and own = any($2) and problem is null", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = ImportId }, new NpgsqlParameter<Guid[]> { TypedValue = AuthorIds } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var authors = new HashSet<Guid>();
        while (await row.ReadAsync(cancellation)) authors.Add(row.GetGuid(0));
        return authors;
    }
}

/// <summary>The data of the import's event.</summary>
internal sealed record ImportCounts(Guid ImportId) : ICatalogQuery<ImportState>
{
    public async Task<ImportState> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select applied, unchanged, refused from imports where id = $1", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = ImportId } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new ImportState { Id = ImportId, Applied = row.GetInt64(0), Unchanged = row.GetInt64(1), Refused = row.GetInt64(2) };
    }
}
